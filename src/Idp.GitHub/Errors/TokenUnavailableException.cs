namespace Idp.GitHub;

/// <summary>There is no token to send; the request was not sent.</summary>
/// <remarks>People have to do something first, and the message says what.</remarks>
public sealed class TokenUnavailableException : GitHubException
{
    /// <summary>There is no token, for a reason that has nothing to do with GitHub.</summary>
    public TokenUnavailableException(string message, Exception? inner = null)
        : this(new GitHubFailure { Message = message }, inner)
    {
    }

    /// <summary>GitHub gave no token.</summary>
    public TokenUnavailableException(GitHubFailure failure, Exception? inner = null)
        : base(failure, inner)
    {
    }

    /// <inheritdoc/>
    public override bool IsTerminal => false;
}
