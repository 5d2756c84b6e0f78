namespace Idp.GitHub;

/// <summary>GitHub did not take the token (401).</summary>
/// <remarks>
/// Not terminal: no change of the request mends it, but a rotated token does, and it is read again for each request.
/// </remarks>
public sealed class GitHubUnauthorizedException(GitHubFailure failure) : GitHubException(failure)
{
    /// <inheritdoc/>
    public override bool IsTerminal => false;
}
