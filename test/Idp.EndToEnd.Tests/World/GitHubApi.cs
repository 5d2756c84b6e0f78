using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Idp.Sandbox.GitHub;
using Idp.Sandbox.Processes;

namespace Idp.EndToEnd.Tests.World;

/// <summary>The GitHub contract server as people use it: by its API with a token, and by Git.</summary>
internal sealed class GitHubApi : IDisposable
{
    private readonly HttpClient _http;
    private readonly GitHubServer _server;
    private readonly string _token;
    private readonly string _directory;

    public GitHubApi(GitHubServer server, string token, string directory)
    {
        (_server, _token, _directory) = (server, token, directory);
        _http = new HttpClient { BaseAddress = server.BaseAddress };
        _http.DefaultRequestHeaders.UserAgent.ParseAdd("end-to-end-tests");
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    /// <summary>A repository; null where there is none.</summary>
    public async Task<JsonObject?> FindAsync(string name)
    {
        using var response = await _http.GetAsync(new Uri($"repos/acme/{name}", UriKind.Relative));
        return response.StatusCode == HttpStatusCode.NotFound ? null : await ReadAsync(response);
    }

    /// <summary>Whether there is a repository of that name.</summary>
    public async Task<bool> ExistsAsync(string name) => await FindAsync(name) is not null;

    /// <summary>How many repositories there are, under whatever name.</summary>
    public int Count() => Directory.EnumerateDirectories(Path.Combine(_directory, "github"), "*.git", SearchOption.AllDirectories).Count();

    /// <summary>Every request to the API so far: time, method, path and status.</summary>
    public IReadOnlyList<string> Log()
    {
        using var file = new FileStream(Path.Combine(_directory, "github", "requests.log"), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>Sends a change.</summary>
    public async Task<JsonObject> SendAsync(HttpMethod method, string path, string body)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await _http.SendAsync(request);
        return await ReadAsync(response);
    }

    /// <summary>Asks for anything, and takes any answer.</summary>
    public async Task<(int Status, JsonNode? Body)> AskAsync(HttpMethod method, string path, string? body = null, string? accept = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        request.Headers.Accept.ParseAdd(accept ?? "application/vnd.github+json");
        using var response = await _http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return ((int)response.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text));
    }

    /// <summary>Clones a repository over HTTP.</summary>
    /// <returns>The folder of the working copy.</returns>
    public async Task<string> CloneAsync(string name)
    {
        var folder = Path.Combine(_directory, "clones", $"{name}-{Guid.NewGuid():N}");
        await GitAsync(_directory, "clone", "--quiet", _server.CloneUrl("acme", name).ToString(), folder);
        return folder;
    }

    /// <summary>Commits everything in a working copy and pushes it.</summary>
    public async Task PushAsync(string folder, string message)
    {
        await GitAsync(folder, "add", "--all");
        await GitAsync(folder, "-c", "user.name=Developer", "-c", "user.email=developer@acme.example", "commit", "--quiet", "-m", message);
        var credentials = Convert.ToBase64String(Encoding.UTF8.GetBytes($"developer:{_token}"));
        await GitAsync(folder, "-c", $"http.extraHeader=Authorization: Basic {credentials}", "push", "--quiet", "origin", "HEAD:main");
    }

    /// <summary>The commits of the default branch, newest first.</summary>
    public async Task<IReadOnlyList<string>> CommitsAsync(string name)
    {
        var folder = await CloneAsync(name);
        return (await GitAsync(folder, "rev-list", "HEAD")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>Runs git; the test fails if it does.</summary>
    public static async Task<string> GitAsync(string folder, params string[] arguments)
    {
        using var patience = new CancellationTokenSource(Watching.Patience);
        var environment = new Dictionary<string, string> { ["GIT_TERMINAL_PROMPT"] = "0" };
        var result = await new Command("git", arguments) { Directory = folder, Environment = environment }.RunAsync(patience.Token);
        result.Succeeded.Should().BeTrue($"git {arguments[0]} said: {result.Error}");
        return result.Output;
    }

    public void Dispose() => _http.Dispose();

    private static async Task<JsonObject> ReadAsync(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        response.IsSuccessStatusCode.Should().BeTrue($"{response.RequestMessage?.RequestUri} answered {response.StatusCode}: {text}");
        return JsonNode.Parse(text)!.AsObject();
    }
}
