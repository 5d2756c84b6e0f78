using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Idp.GitHub;
using Idp.Sandbox.GitHub;

namespace Idp.Sandbox.Tests.Contract;

/// <summary>A contract server, the validating proxy before it, and a client that speaks through the proxy.</summary>
internal sealed class ContractSession : IAsyncDisposable, IGitHubCallObserver
{
    private const string Token = "ghs_1_not-a-real-token";
    private static readonly RSA Key = RSA.Create(2048);
    private readonly ConcurrentQueue<Exchange> _exchanges = new();
    private readonly ConcurrentDictionary<string, bool> _operations = new();
    private readonly DirectoryInfo _folder;
    private readonly ValidatingProxy _proxy;
    private readonly HttpClient _http;
    private readonly GitHubOptions _options;
    private string _call = "";

    private ContractSession(DirectoryInfo folder, GitHubServer server, ValidatingProxy proxy)
    {
        (_folder, Server, _proxy) = (folder, server, proxy);
        var tokenFile = Path.Combine(folder.FullName, "token");
        File.WriteAllText(tokenFile, Token);
        File.WriteAllText(KeyFile, Key.ExportRSAPrivateKeyPem());
        _http = new HttpClient(new Recorder(this)) { Timeout = TimeSpan.FromMinutes(2) };
        _options = new GitHubOptions { BaseAddress = proxy.Address, Limits = GitHubLimits.None };
        Client = new GitHubClient(_http, new TokenFile(tokenFile), _options, TimeProvider.System, this);
    }

    public GitHubServer Server { get; }

    private string KeyFile => Path.Combine(_folder.FullName, "private-key.pem");

    public GitHubClient Client { get; }

    public IReadOnlyList<Exchange> Exchanges => [.. _exchanges];

    /// <summary>The operations of the client that sent at least one request.</summary>
    public IReadOnlyCollection<string> Operations => [.. _operations.Keys];

    public static async Task<ContractSession> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("contract-");
        var server = await GitHubServer.StartAsync(
            new GitHubServerOptions
            {
                DataDirectory = Path.Combine(folder.FullName, "data"),
                Token = Token,
                App = new GitHubServerApp
                {
                    PublicKeyPem = Key.ExportSubjectPublicKeyInfoPem(),
                    Installations = new Dictionary<string, long> { ["acme"] = 4711 },
                },
            },
            CancellationToken.None);
        return new ContractSession(folder, server, await ValidatingProxy.StartAsync(server.BaseAddress));
    }

    /// <summary>Has the call sent, under its name, and returns what went over the wire.</summary>
    public async Task<IReadOnlyList<Exchange>> RunAsync(ContractCall call)
    {
        var before = _exchanges.Count;
        _call = call.Name;
        await call.Run(this);
        return [.. Exchanges.Skip(before)];
    }

    /// <summary>Works as an App that is installed in acme.</summary>
    public GitHubClient AsApp(string owner)
    {
        var app = new GitHubAppInstallation { AppId = "12345", PrivateKeyFile = KeyFile, Owner = owner };
        return new GitHubClient(_http, new InstallationTokens(_http, app, _options, TimeProvider.System, this), _options, TimeProvider.System, this);
    }

    /// <summary>Makes a repository of that name in acme.</summary>
    public Task<Repository> CreateAsync(string name) =>
        Client.CreateRepositoryAsync("acme", new NewRepository { Name = name }, CancellationToken.None);

    /// <summary>Asks without the client, for answers that it does not ask for; returns the status and the text.</summary>
    public async Task<(int Status, string Text)> AskAsync(string method, string path, string? body)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(_proxy.Address, path));
        request.Headers.Add("Authorization", $"Bearer {Token}");
        request.Headers.Add("User-Agent", "test");
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await _http.SendAsync(request);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    public void Called(GitHubCall made) => _operations[made.Operation] = true;

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _proxy.DisposeAsync();
        await Server.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private sealed class Recorder(ContractSession session)
        : DelegatingHandler(new SocketsHttpHandler { AllowAutoRedirect = false, MaxResponseHeadersLength = 120 })
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.RequestUri!.AbsolutePath.Contains(".git/", StringComparison.Ordinal))
            {
                // Git's own protocol is none of the API's, and the proxy does not know it.
                request.RequestUri = new Uri(session.Server.BaseAddress, request.RequestUri.PathAndQuery);
                return await base.SendAsync(request, cancellationToken);
            }

            var response = await base.SendAsync(request, cancellationToken);
            var header = response.Headers.TryGetValues("sl-violations", out var values) ? string.Concat(values) : null;
            var found = response.Content.Headers.ContentType?.MediaType == "application/problem+json"
                ? [new Violation("Error", "request", await response.Content.ReadAsStringAsync(cancellationToken))]
                : Violation.Parse(header);
            session._exchanges.Enqueue(new Exchange(
                session._call, request.Method.Method, request.RequestUri!.PathAndQuery, (int)response.StatusCode, found));
            return response;
        }
    }
}
