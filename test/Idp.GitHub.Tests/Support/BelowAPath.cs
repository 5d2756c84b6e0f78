using System.Net;

namespace Idp.GitHub.Tests;

/// <summary>Shows a server below a path, as GitHub Enterprise Server shows its API below /api/v3; beside it there are the repositories alone.</summary>
internal sealed class BelowAPath(string path, Uri server) : DelegatingHandler(new SocketsHttpHandler())
{
    public Uri BaseAddress { get; } = new("http://ghes.acme.test" + path.TrimEnd('/'));

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var asked = request.RequestUri!;
        if (asked.Authority == BaseAddress.Authority && asked.AbsolutePath.Contains(".git/", StringComparison.Ordinal))
        {
            request.RequestUri = new Uri(server, asked.PathAndQuery);
            return base.SendAsync(request, cancellationToken);
        }

        if (asked.Authority != BaseAddress.Authority || !asked.PathAndQuery.StartsWith(path, StringComparison.Ordinal))
        {
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.BadGateway));
        }

        request.RequestUri = new Uri(server, asked.PathAndQuery[path.Length..]);
        return base.SendAsync(request, cancellationToken);
    }
}
