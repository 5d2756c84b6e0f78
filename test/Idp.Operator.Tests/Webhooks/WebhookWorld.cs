using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Idp.Entities;
using Idp.Kubernetes.Cache;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;
using Idp.Operator.Observability;
using Idp.Operator.Repositories;
using Idp.Operator.Settings;
using Idp.Operator.Tests.Observability;
using Idp.Operator.Webhooks;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using OpenTelemetry.Metrics;

namespace Idp.Operator.Tests.Webhooks;

/// <summary>The webhook's server on a loopback port, with two applications of repository 42 (one has its deployment manifests in 52) and one of none.</summary>
internal sealed class WebhookWorld : IAsyncDisposable
{
    public const string Secret = "a secret that is in no log";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("idp-webhook-");
    private readonly PlatformSettingsSource _settings;
    private readonly OperatorMetrics _metrics;
    private readonly MeterProvider _meters;
    private readonly WebhookServer _server;
    private readonly HttpClient _http;

    private WebhookWorld(string meter, TimeProvider clock)
    {
        _meters = MetricsEndpoint.Listen(meter);
        _metrics = new OperatorMetrics(meter);
        Configure($"github: {{owner: acme, webhook: {{secretFile: '{SecretFile}'}}}}");
        File.WriteAllText(SecretFile, Secret + "\n");
        _settings = PlatformSettingsSource.Start(SettingsFile, clock, _metrics, NullLogger<PlatformSettingsSource>.Instance).Value!;
        var targets = new WebhookTargets(
            new Applications(),
            new RepositoryObserver(null!, null!, _settings, clock),
            (app, _) => Queue.Add(app.Metadata.Key.ToString()),
            new WriteFence(() => Works));
        var endpoint = new WebhookEndpoint(_settings, targets, _metrics, clock, new Recorder(Log));
        _server = new WebhookServer(new IPEndPoint(IPAddress.Loopback, 0), endpoint);
        _http = new HttpClient { Timeout = TimeSpan.FromSeconds(60) };
    }

    public bool Works { get; set; } = true;

    /// <summary>What was to be reconciled, in order.</summary>
    public List<string> Queue { get; } = [];

    public List<string> Log { get; } = [];

    public Task<string> MetricsAsync() => _meters.ScrapeAsync();

    public string SecretFile => Path.Combine(_folder.FullName, "secret");

    public Uri Address => _server.Address;

    private string SettingsFile => Path.Combine(_folder.FullName, "platform.yaml");

    public static async Task<WebhookWorld> StartAsync(TimeProvider? clock = null)
    {
        var world = new WebhookWorld($"Test.Webhooks.{Guid.NewGuid():N}", clock ?? TimeProvider.System);
        await world._server.StartAsync(CancellationToken.None);
        return world;
    }

    public void Configure(string github)
    {
        File.WriteAllText(SettingsFile, $"{github}\ningress: {{domain: apps.acme.dev}}\n");
        _settings?.Refresh();
    }

    public static string Sign(byte[] body, string secret = Secret) =>
        $"sha256={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body))}";

    /// <summary>A delivery as GitHub sends it; what a test wants otherwise, it changes.</summary>
    public HttpRequestMessage Delivery(string @event, string body, string? secret = Secret, string? id = null)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_server.Address, WebhookEndpoint.Path)) { Content = new ByteArrayContent(bytes) };
        request.Content.Headers.Add("Content-Type", "application/json");
        request.Headers.Add("User-Agent", "GitHub-Hookshot/044aadd");
        request.Headers.Add("X-GitHub-Event", @event);
        request.Headers.Add("X-GitHub-Delivery", id ?? Guid.NewGuid().ToString());
        if (secret is not null)
        {
            request.Headers.Add("X-Hub-Signature-256", Sign(bytes, secret));
        }

        return request;
    }

    public async Task<int> SendAsync(HttpRequestMessage request)
    {
        using (request)
        using (var response = await _http.SendAsync(request))
        {
            (await response.Content.ReadAsStringAsync()).Should().BeEmpty("an answer tells nothing but its status");
            return (int)response.StatusCode;
        }
    }

    public Task<int> SendAsync(string @event, string body) => SendAsync(Delivery(@event, body));

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _server.StopAsync(CancellationToken.None);
        await _server.DisposeAsync();
        _settings.Dispose();
        _metrics.Dispose();
        _meters.Dispose();
        _folder.Delete(recursive: true);
    }

    private sealed class Applications : IObjectReader
    {
        private readonly IReadOnlyList<KubeObject> _all = [Make("one", 42, 52), Make("two", 42), Make("unmade", null)];

        public KubeObject? Find(ResourceKind kind, ObjectKey key) => _all.FirstOrDefault(app => app.Key == key);

        public IReadOnlyList<KubeObject> List(ResourceKind kind) => _all;

        public IReadOnlyList<KubeObject> List(ResourceKind kind, ObjectIndexer indexer, string value) =>
            [.. _all.Where(app => indexer.ValueOf(app) == value)];

        public bool IsServed(ResourceKind kind) => true;

        private static KubeObject Make(string name, long? id, long? deployment = null) => KubeObject.From(BackendApp.ResourceKind, new JsonObject
        {
            ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = "team-payments", ["uid"] = $"uid-{name}" },
            ["status"] = id is null ? [] : new JsonObject
            {
                ["repository"] = new JsonObject { ["id"] = id },
                ["deploymentRepository"] = deployment is null ? null : new JsonObject { ["id"] = deployment },
            },
        });
    }

    private sealed class Recorder(List<string> lines) : ILogger<WebhookEndpoint>
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Add(formatter(state, exception));
    }
}
