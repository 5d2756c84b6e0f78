namespace Idp.GitHub;

/// <summary>Where GitHub is and how the client introduces itself.</summary>
public sealed record GitHubOptions
{
    /// <summary>
    /// The root of the REST API: <c>https://api.github.com/</c>, or <c>https://HOST/api/v3</c> for GitHub Enterprise
    /// Server. A path is kept; the trailing slash is optional.
    /// </summary>
    public Uri BaseAddress { get; init; } = new("https://api.github.com/");

    /// <summary>The value of <c>X-GitHub-Api-Version</c>.</summary>
    /// <remarks>See <see href="https://docs.github.com/en/rest/about-the-rest-api/api-versions"/>.</remarks>
    public string ApiVersion { get; init; } = "2022-11-28";

    /// <summary>The value of <c>User-Agent</c>; GitHub answers 403 without one.</summary>
    public string UserAgent { get; init; } = "idp-operator";

    /// <summary>What to call the credential in metrics, such as the organisation that it is for; never a secret.</summary>
    public string Credential { get; init; } = "token";

    /// <summary>How much the credential may ask.</summary>
    public GitHubLimits Limits { get; init; } = new();

    /// <summary>
    /// The folder in which each push has a Git repository of its own while it lasts; made where there is none, and what a killed process
    /// left in it is removed.
    /// </summary>
    public string ObjectStore { get; init; } = Path.Combine(Path.GetTempPath(), $"idp-git-{Environment.UserName}");

    /// <summary>The most bytes that are fetched of a repository to change a file in it: the last commit's files, compressed.</summary>
    public int FetchLimit { get; init; } = 256 * 1024 * 1024;

    /// <summary>When a push counts as lost, with all of its requests.</summary>
    public TimeSpan GitTimeout { get; init; } = TimeSpan.FromMinutes(2);

    internal Uri Root => BaseAddress.AbsoluteUri.EndsWith('/') ? BaseAddress : new Uri(BaseAddress.AbsoluteUri + "/");
}
