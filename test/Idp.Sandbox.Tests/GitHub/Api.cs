using System.Text;
using System.Text.Json.Nodes;
using Idp.Sandbox.GitHub;

namespace Idp.Sandbox.Tests.GitHub;

/// <summary>A server in a folder of its own, asked without a client of ours in between.</summary>
internal sealed class Api : IAsyncDisposable
{
    public const string Token = "ghs_1_not-a-real-token";
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false });

    private Api(GitHubServer server, DirectoryInfo folder)
    {
        Server = server;
        Folder = folder;
    }

    public GitHubServer Server { get; private set; }

    public DirectoryInfo Folder { get; }

    public static async Task<Api> StartAsync(bool anonymousRead = true)
    {
        var folder = Directory.CreateTempSubdirectory("github-server-");
        return new Api(await StartServerAsync(folder, anonymousRead), folder);
    }

    public static async Task<Api> StartAsync(Func<GitHubServerOptions, GitHubServerOptions> change)
    {
        var folder = Directory.CreateTempSubdirectory("github-server-");
        var options = new GitHubServerOptions { DataDirectory = folder.FullName, Token = Token };
        return new Api(await GitHubServer.StartAsync(change(options), CancellationToken.None), folder);
    }

    public async Task RestartAsync()
    {
        await Server.DisposeAsync();
        Server = await StartServerAsync(Folder, anonymousRead: true);
    }

    public async Task<(int Status, JsonNode? Body, HttpResponseMessage Response)> AskAsync(
        string method, string path, string? body = null, params (string Name, string? Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(Server.BaseAddress, path));
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {Token}");
        request.Headers.TryAddWithoutValidation("User-Agent", "test");
        foreach (var (name, value) in headers)
        {
            request.Headers.Remove(name);
            if (value is not null)
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }
        }

        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        var response = await _http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return ((int)response.StatusCode, text.StartsWith('{') || text.StartsWith('[') ? JsonNode.Parse(text) : null, response);
    }

    /// <summary>Makes acme/app, and if asked, gives it one commit.</summary>
    public async Task<string> CreateAsync(bool empty = true, string visibility = "private")
    {
        var created = await AskAsync("POST", "orgs/acme/repos", $$"""{"name":"app","visibility":"{{visibility}}"}""");
        created.Status.Should().Be(201);
        if (empty)
        {
            return "";
        }

        var (status, body, _) = await AskAsync("PUT", "repos/acme/app/contents/README.md", """{"message":"m","content":"eA=="}""");
        status.Should().Be(201);
        return body!["commit"]!["sha"]!.ToString();
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Server.DisposeAsync();
        Folder.Delete(recursive: true);
    }

    private static Task<GitHubServer> StartServerAsync(DirectoryInfo folder, bool anonymousRead) => GitHubServer.StartAsync(
        new GitHubServerOptions { DataDirectory = folder.FullName, Token = Token, AnonymousRead = anonymousRead },
        CancellationToken.None);
}
