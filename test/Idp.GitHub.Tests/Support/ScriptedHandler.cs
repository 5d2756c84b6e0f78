using System.Net;
using System.Text;

namespace Idp.GitHub.Tests;

/// <summary>Answers without a network, and keeps what was asked.</summary>
internal sealed class ScriptedHandler(Func<HttpRequestMessage, HttpResponseMessage> answer) : HttpMessageHandler
{
    public List<(string Method, Uri Address, string? Authorization, string Headers, string Body)> Asked { get; } = [];

    public static HttpResponseMessage Json(int status, string body, params (string Name, string Value)[] headers)
    {
        var response = new HttpResponseMessage((HttpStatusCode)status)
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        foreach (var (name, value) in headers)
        {
            response.Headers.TryAddWithoutValidation(name, value);
        }

        return response;
    }

    public GitHubClient Client(string baseAddress = "https://api.github.test", ManualTime? clock = null) => new(
        new HttpClient(this), new FixedToken(), new GitHubOptions { BaseAddress = new Uri(baseAddress) }, clock ?? new ManualTime());

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        Asked.Add((request.Method.Method, request.RequestUri!, request.Headers.Authorization?.ToString(), request.Headers.ToString(), body));
        return answer(request);
    }

    private sealed class FixedToken : ITokenSource
    {
        public ValueTask<string> GetTokenAsync(CancellationToken cancellationToken) => new(World.Token);
    }
}
