namespace Idp.GitHub;

/// <summary>Gives the token that the next request carries.</summary>
public interface ITokenSource
{
    /// <summary>Returns a token that is valid now; asked before every request, so it has to be cheap.</summary>
    /// <exception cref="TokenUnavailableException">There is no usable token, and people have to see to it.</exception>
    /// <exception cref="GitHubException">GitHub had to be asked for one, and that failed.</exception>
    ValueTask<string> GetTokenAsync(CancellationToken cancellationToken);

    /// <summary>Told that GitHub took a token, whatever it then said to the request.</summary>
    void Taken(string token)
    {
    }

    /// <summary>Told that GitHub refused a token (401); says whether and when to ask again.</summary>
    /// <remarks>
    /// A request that was refused has changed nothing, so it may be sent once more with another token. By default the
    /// refusal is the end of it.
    /// </remarks>
    /// <param name="refused">The token, and what GitHub said.</param>
    AfterRefusal Refused(RefusedToken refused) => AfterRefusal.GiveUp;
}
