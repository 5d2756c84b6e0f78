namespace Idp.GitHub;

/// <summary>Gives the token that the next request carries.</summary>
public interface ITokenSource
{
    /// <summary>Returns a token that is valid now; asked before every request, so it has to be cheap.</summary>
    /// <exception cref="TokenUnavailableException">There is no usable token.</exception>
    ValueTask<string> GetTokenAsync(CancellationToken cancellationToken);
}
