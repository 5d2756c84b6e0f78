using System.Net;

namespace Idp.GitHub;

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
