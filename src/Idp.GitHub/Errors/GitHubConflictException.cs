namespace Idp.GitHub;

/// <summary>Somebody else was quicker, or the repository is not ready (409, or 422 for a branch that moved).</summary>
/// <remarks>Read again, and repeat the whole step.</remarks>
public sealed class GitHubConflictException(GitHubFailure failure) : GitHubException(failure)
{
    /// <inheritdoc/>
    public override bool IsTerminal => false;
}
