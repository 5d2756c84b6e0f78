using System.Text.Json.Nodes;
using Idp.Entities;
using Idp.Kubernetes.Apply;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Controllers;
using Idp.Kubernetes.Events;
using Idp.Kubernetes.Model;
using Idp.Operator.ApplicationEnvironments;
using Idp.Operator.Observability;
using Idp.Operator.Reporting;
using Idp.Operator.Settings;
using Microsoft.Extensions.Logging.Abstractions;

namespace Idp.Operator.Tests.ApplicationEnvironments.Server;

/// <summary>The controller and the finalizer of environments, run step by step against a real API server.</summary>
internal sealed class OperatorUnderTest : IDisposable
{
    private const string Platform = """
        github: {owner: acme}
        ingress: {domain: apps.acme.dev, certificateIssuer: letsencrypt}
        stages: {Production: {databaseInstances: 1}}
        teams:
          - {namespace: "team-*", hosts: ["*.acme.dev"], sources: ["https://github.com/acme/*"]}
        """;

    private readonly string _file = Path.GetTempFileName();
    private readonly OperatorMetrics _metrics = new();
    private readonly ApplicationEnvironmentController _controller;
    private readonly ApplicationEnvironmentFinalizer _finalizer;
    private readonly SharedCredentials _credentials;
    private readonly ConflictWatcher _obstacles;

    public OperatorUnderTest(KubeClient client)
    {
        Client = client;
        Reader = new ServerReader(client);
        File.WriteAllText(_file, Platform);
        var settings = PlatformSettingsSource.Start(
            _file, TimeProvider.System, _metrics, NullLogger<PlatformSettingsSource>.Instance).Value!;
        var observer = new ApplicationEnvironmentObserver(Reader);
        Applier = new Applier(client, Reader, Reader, TimeProvider.System, NullLogger<Applier>.Instance);
        _credentials = new SharedCredentials(Applier);
        _obstacles = new ConflictWatcher(client, NullLogger<ConflictWatcher>.Instance);
        var projects = new Projects(Reader, Applier);
        var events = new EventRecorder(
            client, new EventRecorderSettings { ReportingController = "idp.dev/test", ReportingInstance = "test" }, TimeProvider.System, NullLogger<EventRecorder>.Instance);
        var statuses = new StatusWriter(client, Reader, FieldManagers.Status, NullLogger<StatusWriter>.Instance);
        var reporter = new EnvironmentReporter(Reader, statuses, new ConditionEvents(events));
        var writer = new EnvironmentWriter(projects, _credentials, Applier, new EnvironmentObstacles(_obstacles, Reader, (_, _) => { }));
        _controller = new ApplicationEnvironmentController(observer, settings, writer, reporter, TimeProvider.System);
        _finalizer = new ApplicationEnvironmentFinalizer(observer, writer, settings, reporter, TimeProvider.System);
    }

    public KubeClient Client { get; }

    public ServerReader Reader { get; }

    public Applier Applier { get; }

    public async Task<ReconciliationResult<ApplicationEnvironment>> ReconcileAsync(ObjectKey key, CancellationToken cancellationToken) =>
        await _controller.ReconcileAsync(await ReadAsync(key, cancellationToken), cancellationToken);

    public async Task<ReconciliationResult<ApplicationEnvironment>> FinalizeAsync(ObjectKey key, CancellationToken cancellationToken) =>
        await _finalizer.FinalizeAsync(await ReadAsync(key, cancellationToken), cancellationToken);

    public async Task<ApplicationEnvironment> ReadAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        await Reader.RefreshAsync(cancellationToken);
        return Reader.Find(ApplicationEnvironment.ResourceKind, key)!.Deserialize(ApplicationEnvironment.JsonType);
    }

    /// <summary>Stores a sample under a team's namespace of its own.</summary>
    public async Task<ObjectKey> StoreAsync(string sample, string team, Action<JsonObject>? change, CancellationToken cancellationToken)
    {
        var json = Samples.ReadJson(sample);
        var metadata = json["metadata"]!.AsObject();
        metadata["namespace"] = team;
        metadata.Remove("uid");
        metadata.Remove("generation");
        json.Spec().Remove("team");
        json.Spec().Remove("guardrails");
        json.Spec()["namespace"] = $"{team}-{metadata["name"]}";
        if (json.Spec().ContainsKey("host"))
        {
            // Two teams cannot have one host.
            json.Spec()["host"] = $"{team}.acme.dev";
        }

        foreach (var secret in json.Spec()["secrets"]?.AsArray() ?? [])
        {
            secret!["remoteRef"]!["key"] = $"{team}/some";
        }

        change?.Invoke(json);
        var stored = await Client.CreateAsync(ApplicationEnvironment.ResourceKind, json, cancellationToken);
        return stored.Key;
    }

    public void Dispose()
    {
        _credentials.Dispose();
        _obstacles.Dispose();
        _metrics.Dispose();
        File.Delete(_file);
    }
}
