using System.Net;

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
    /// The folder in which whatever is fetched has a Git repository of its own while it is needed; made where there is none, and what a killed
    /// process left in it is removed.
    /// </summary>
    public string ObjectStore { get; init; } = Temporary;

    /// <summary>The most bytes that are fetched of a repository to change a file in it: the last commit's files, compressed.</summary>
    public int FetchLimit { get; init; } = 256 * 1024 * 1024;

    /// <summary>When a push counts as lost, with all of its requests.</summary>
    public TimeSpan GitTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Where Git's temporary files are, if nothing else is said.</summary>
    internal static string Temporary { get; } = Path.Combine(Path.GetTempPath(), $"idp-git-{Environment.UserName}");

    internal Uri Root => BaseAddress.AbsoluteUri.EndsWith('/') ? BaseAddress : new Uri(BaseAddress.AbsoluteUri + "/");
}

/// <summary>How much one credential may ask of GitHub; 0 means no limit.</summary>
/// <remarks>
/// The hourly quota is not among them: GitHub tells it with every answer. See
/// <see href="https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits"/>.
/// </remarks>
public sealed record GitHubLimits
{
    /// <summary>No limit at all, as GitHub Enterprise Server is installed.</summary>
    public static readonly GitHubLimits None = new() { ContentPerMinute = 0, ContentPerHour = 0, PointsPerMinute = 0 };

    /// <summary>Requests in a minute that create content, which is to make repositories.</summary>
    /// <remarks>
    /// Half of what GitHub allows: with all that belongs to it a repository takes eleven points, and half of those of a minute are left for
    /// looking, by which others come to stand in line. What is lasting is the limit of an hour. The other defaults are GitHub's own.
    /// </remarks>
    public int ContentPerMinute { get; init; } = 40;

    /// <summary>Requests in an hour that create content.</summary>
    public int ContentPerHour { get; init; } = 500;

    /// <summary>Points in a minute: a read costs 1, a write 5.</summary>
    public int PointsPerMinute { get; init; } = 900;
}

/// <summary>Makes the <see cref="HttpClient"/> that <see cref="GitHubClient"/> needs.</summary>
public static class GitHubHttp
{
    /// <summary>The time after which a request counts as lost, if nothing else is said.</summary>
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Returns a client that never follows a redirect by itself, keeps no cookies and holds at most ten connections.
    /// </summary>
    /// <remarks>
    /// The framework's own redirects drop the <c>Authorization</c> header, so a renamed repository would look like a
    /// missing one; <see cref="GitHubClient"/> follows them by hand. Ten connections are the pace that GitHub's
    /// secondary limits allow.
    /// </remarks>
    /// <param name="timeout">When a request counts as lost; <see cref="DefaultTimeout"/> if null.</param>
    /// <param name="guard">Puts something of the caller's own right before the connections; nothing if null.</param>
    public static HttpClient CreateClient(TimeSpan? timeout = null, Func<SocketsHttpHandler, HttpMessageHandler>? guard = null)
    {
        var connections = CreateConnections();
        return new HttpClient(guard?.Invoke(connections) ?? connections, disposeHandler: true) { Timeout = timeout ?? DefaultTimeout };
    }

    private static SocketsHttpHandler CreateConnections() => new()
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.All,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        MaxConnectionsPerServer = 10,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        UseCookies = false,
    };
}
