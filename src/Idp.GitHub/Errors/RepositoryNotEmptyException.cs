namespace Idp.GitHub;

/// <summary>The repository holds a history that is not ours, so no scaffold was written.</summary>
/// <remarks>Nothing in it was changed.</remarks>
public sealed class RepositoryNotEmptyException(GitHubFailure failure) : GitHubException(failure)
{
    /// <inheritdoc/>
    public override bool IsTerminal => true;
}
