namespace Idp.GitHub;

/// <summary>Is told of every request that <see cref="GitHubClient"/> sends, to count and time them.</summary>
public interface IGitHubCallObserver
{
    /// <summary>
    /// Called once for each request on the wire, redirects included; must be quick and must not throw.
    /// </summary>
    void Called(GitHubCall made);

    /// <summary>Called when an answer told the hourly quota; must be quick and must not throw.</summary>
    void QuotaSeen(GitHubQuota quota)
    {
    }

    /// <summary>Called when nothing more will be told of a credential; must be quick and must not throw.</summary>
    void QuotaGone(string credential)
    {
    }
}
