namespace Idp.GitHub;

/// <summary>There is no token to send; nothing was sent.</summary>
public sealed class TokenUnavailableException(string message, Exception? inner = null)
    : GitHubException(new GitHubFailure { Message = message }, inner)
{
    /// <inheritdoc/>
    public override bool IsTerminal => false;
}
