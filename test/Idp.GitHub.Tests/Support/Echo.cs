using System.Net;
using System.Text;

namespace Idp.GitHub.Tests;

/// <summary>Refuses requests whose path holds a text, and says their credentials aloud.</summary>
internal sealed class Echo(string path) : DelegatingHandler(new SocketsHttpHandler())
{
    public int Status { get; set; }

    public List<string> Said { get; } = [];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (!request.RequestUri!.AbsolutePath.Contains(path, StringComparison.Ordinal))
        {
            return await base.SendAsync(request, cancellationToken);
        }

        var credentials = request.Headers.Authorization!.Parameter!;
        Said.Add(credentials);
        var body = $$"""{"message":"You sent {{credentials}}","errors":["{{credentials}}",{"code":"x","message":"{{credentials}}"}]}""";
        return new HttpResponseMessage((HttpStatusCode)Status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
    }
}
