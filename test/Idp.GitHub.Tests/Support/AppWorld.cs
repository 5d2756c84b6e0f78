using System.Security.Cryptography;
using Idp.Sandbox.GitHub;

namespace Idp.GitHub.Tests;

/// <summary>A GitHub contract server that knows an App, the App's key in a file, and clients that work as the App.</summary>
internal sealed class AppWorld : IAsyncDisposable
{
    public const long Installation = 4711;
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);
    private readonly DirectoryInfo _folder;
    private readonly HttpClient _http = GitHubHttp.CreateClient(Timeout);

    private AppWorld(GitHubServer server, DirectoryInfo folder, RSA key, ManualTime clock)
    {
        (Server, _folder, Key, Clock, ClientClock) = (server, folder, key, clock, clock);
        File.WriteAllText(KeyPath, key.ExportRSAPrivateKeyPem());
    }

    public GitHubServer Server { get; }

    public GitHubInstallations Installations => Server.Installations;

    public RSA Key { get; private set; }

    /// <summary>The clock of the server, and of the clients unless they have one of their own.</summary>
    public ManualTime Clock { get; }

    public ManualTime ClientClock { get; set; }

    public World.CallList Calls { get; } = new();

    public string KeyPath => Path.Combine(_folder.FullName, "private-key.pem");

    public static async Task<AppWorld> StartAsync(Func<GitHubServerApp, GitHubServerApp>? change = null)
    {
        var folder = Directory.CreateTempSubdirectory("github-app-");
        var (clock, key) = (new ManualTime(), RSA.Create(2048));
        var app = new GitHubServerApp
        {
            PublicKeyPem = key.ExportSubjectPublicKeyInfoPem(),
            Installations = new Dictionary<string, long> { ["acme"] = Installation, ["octocat"] = 4712, ["acme-labs"] = 4713 },
        };
        var options = new GitHubServerOptions
        {
            DataDirectory = Path.Combine(folder.FullName, "data"),
            Token = World.Token,
            Organisations = ["acme", "acme-labs", "elsewhere"],
            Users = ["octocat"],
            App = change?.Invoke(app) ?? app,
            Clock = clock,
        };
        return new AppWorld(await GitHubServer.StartAsync(options, CancellationToken.None), folder, key, clock);
    }

    /// <summary>Returns a source of tokens without a memory, as a restarted process has it.</summary>
    public InstallationTokens NewTokens(
        string owner = "acme", HttpMessageHandler? handler = null, Func<GitHubAppInstallation, GitHubAppInstallation>? change = null)
    {
        var app = new GitHubAppInstallation { AppId = "12345", PrivateKeyFile = KeyPath, Owner = owner };
        return new InstallationTokens(Http(handler), change?.Invoke(app) ?? app, Options(), ClientClock, Calls);
    }

    public GitHubClient NewClient(InstallationTokens tokens, HttpMessageHandler? handler = null) =>
        new(Http(handler), tokens, Options(), ClientClock, Calls);

    public GitHubClient NewClient(string owner = "acme", HttpMessageHandler? handler = null) => NewClient(NewTokens(owner, handler), handler);

    /// <summary>Returns how often the server was asked that.</summary>
    public int Count(string operation) => Server.Requests.ByOperation().GetValueOrDefault(operation);

    public int Minted => Count("create_installation_token");

    /// <summary>Gives the App another key, on GitHub alone: the file still holds the old one.</summary>
    public void ReplaceKeyOnGitHub()
    {
        Key.Dispose();
        Key = RSA.Create(2048);
        Installations.ReplaceKey(Key.ExportSubjectPublicKeyInfoPem());
    }

    /// <summary>Puts the present key into the file.</summary>
    public void WriteKey() => File.WriteAllText(KeyPath, Key.ExportRSAPrivateKeyPem());

    /// <summary>Returns the lines of the key between its first and its last.</summary>
    public IEnumerable<string> KeyLines() => File.ReadAllLines(KeyPath).Where(line => !line.StartsWith('-'));

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        Key.Dispose();
        await Server.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private HttpClient Http(HttpMessageHandler? handler) => handler is null ? _http : new HttpClient(handler, disposeHandler: false);

    private GitHubOptions Options() => new() { BaseAddress = Server.BaseAddress };
}
