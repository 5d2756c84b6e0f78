using System.Collections.Concurrent;
using Idp.Sandbox.GitHub;

namespace Idp.GitHub.Tests;

/// <summary>A GitHub contract server in a folder of its own, and a client that talks to it.</summary>
internal sealed class World : IAsyncDisposable
{
    public const string Token = "ghs_42_eyJhbGciOiJub25lIn0.not-a-real-token";

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);
    private readonly DirectoryInfo _folder;
    private readonly HttpClient _http = GitHubHttp.CreateClient(Timeout);

    private World(GitHubServer server, DirectoryInfo folder)
    {
        Server = server;
        _folder = folder;
        File.WriteAllText(TokenPath, Token);
        Client = NewClient();
    }

    public GitHubServer Server { get; }

    public GitHubClient Client { get; }

    public CallList Calls { get; } = new();

    public ManualTime Clock { get; } = new();

    public string TokenPath => Path.Combine(_folder.FullName, "token");

    public string Folder => _folder.FullName;

    /// <summary>The address to which Git may push.</summary>
    public string PushUrl(string name) =>
        new UriBuilder(Server.CloneUrl("acme", name)) { UserName = "x-access-token", Password = Token }.Uri.AbsoluteUri;

    public static async Task<World> StartAsync(GitHubServerLimits? limits = null)
    {
        var folder = Directory.CreateTempSubdirectory("github-");
        var server = await GitHubServer.StartAsync(
            new GitHubServerOptions { DataDirectory = Path.Combine(folder.FullName, "data"), Token = Token, Limits = limits },
            CancellationToken.None);
        return new World(server, folder);
    }

    /// <summary>Returns a client without a memory, as a restarted process has it.</summary>
    public GitHubClient NewClient() => NewClient(_http);

    /// <summary>Returns a client whose requests go through the handler.</summary>
    public GitHubClient NewClient(HttpMessageHandler handler) => NewClient(new HttpClient(handler));

    /// <summary>Returns a client that is set up otherwise.</summary>
    public GitHubClient NewClient(Func<GitHubOptions, GitHubOptions> change, HttpMessageHandler? handler = null) =>
        new(handler is null ? _http : new HttpClient(handler), new TokenFile(TokenPath), change(Options()), Clock, Calls);

    public Task<Repository> CreateAsync(string name = "payment-service") =>
        Client.CreateRepositoryAsync("acme", new NewRepository { Name = name }, CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Server.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private GitHubClient NewClient(HttpClient http) => new(http, new TokenFile(TokenPath), Options(), Clock, Calls);

    private GitHubOptions Options() => new()
    {
        BaseAddress = Server.BaseAddress,
        Limits = GitHubLimits.None,
        ObjectStore = Path.Combine(_folder.FullName, "objects"),
    };

    internal sealed class CallList : IGitHubCallObserver
    {
        private readonly ConcurrentQueue<GitHubCall> _calls = new();

        public IReadOnlyList<GitHubCall> All => [.. _calls];

        public void Called(GitHubCall made) => _calls.Enqueue(made);
    }
}
