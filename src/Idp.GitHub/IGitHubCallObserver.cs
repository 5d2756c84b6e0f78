namespace Idp.GitHub;

/// <summary>Is told of every request that <see cref="GitHubClient"/> sends, to count and time them.</summary>
public interface IGitHubCallObserver
{
    /// <summary>
    /// Called once for each request on the wire, redirects included; must be quick and must not throw.
    /// </summary>
    void Called(GitHubCall made);
}
