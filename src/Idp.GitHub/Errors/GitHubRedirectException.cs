namespace Idp.GitHub;

/// <summary>GitHub pointed to a place where the request must not follow.</summary>
/// <remarks>
/// Another host would get the token; a write that was moved wants a fresh look at the repository first.
/// </remarks>
public sealed class GitHubRedirectException(GitHubFailure failure) : GitHubException(failure)
{
    /// <inheritdoc/>
    public override bool IsTerminal => false;
}
