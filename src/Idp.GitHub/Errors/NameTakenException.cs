namespace Idp.GitHub;

/// <summary>A repository of that name exists already (422).</summary>
/// <remarks>It is no proof of who made it; look before adopting.</remarks>
public sealed class NameTakenException(GitHubFailure failure) : GitHubException(failure)
{
    /// <inheritdoc/>
    public override bool IsTerminal => true;
}
