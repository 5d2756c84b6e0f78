using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Idp.Entities;
using Idp.Kubernetes.Apply;
using Idp.Kubernetes.Cache;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Events;
using Idp.Kubernetes.Model;
using Idp.Operator.BackendApps;
using Idp.Operator.Observability;
using Idp.Operator.Reporting;
using Idp.Operator.Repositories;
using Microsoft.Extensions.Logging.Abstractions;

namespace Idp.Operator.Tests.BackendApps;

/// <summary>The record of a repository comes before its environments, and what is told twice is written once.</summary>
public sealed class BackendAppReporterTest : IDisposable
{
    private static readonly RepositoryOutcome Made = new() { Repository = Apps.Repository(), Commit = "c0ffee" };
    private readonly Server _server = new();
    private readonly OperatorMetrics _metrics = new($"Test.Reporter.{Guid.NewGuid():N}");

    public void Dispose()
    {
        _server.Dispose();
        _metrics.Dispose();
    }

    [Fact]
    public async Task AnApplicationWithoutEnvironments_SaysEverythingWithTheRecordOfItsRepository()
    {
        var app = Apps.Read("{}");
        var (observed, plan) = Plan(app);

        var recorded = await RecordAsync(app, observed, plan);
        await Reporter().ReportAsync(
            app,
            observed,
            plan,
            Result() with { Recorded = recorded, Report = new ApplyReport([], [], [], []) },
            CancellationToken.None);

        _server.Statuses.Should().ContainSingle();
        var status = _server.Statuses[0];
        status.Repository!.Id.Should().Be(7);
        status.ObservedGeneration.Should().Be(3);
        status.EnvironmentsReady.Should().Be("0/2");
        status.Conditions.Single(c => c.Type == Conditions.Ready).Status.Should().Be(ConditionStatus.False);
        status.Conditions.Single(c => c.Type == Conditions.EnvironmentsReady).Message.Should().Be("Being set up: staging, production.");
        recorded.Should().BeEquivalentTo(status);
    }

    [Fact]
    public async Task WhereThereAreEnvironments_TheRecordTellsNothingElse()
    {
        var app = Apps.Read("{}");
        var (observed, plan) = Plan(app);
        var environment = KubeObject.From(ApplicationEnvironment.ResourceKind, new JsonObject { ["metadata"] = new JsonObject { ["name"] = "x", ["namespace"] = "y" } });

        var recorded = await RecordAsync(app, observed with { Environments = [environment] }, plan);

        recorded!.Conditions.Should().BeEmpty("what the apply will change is not known yet");
        _server.Statuses.Should().ContainSingle().Which.Repository!.Id.Should().Be(7);
    }

    [Fact]
    public async Task WhatIsOnRecord_IsNotWrittenAgain()
    {
        var app = Apps.Read("{}", """{"repository": {"id": 7, "cloneUrl": "https://github.com/acme/payment-service.git"}}""");
        var (observed, plan) = Plan(app);

        (await RecordAsync(app, observed, plan)).Should().BeNull();

        _server.Statuses.Should().BeEmpty();
    }

    private static (ObservedApp Observed, BackendAppPlan Plan) Plan(BackendApp app) => (Apps.World(), BackendAppPlan.For(app, Apps.World()));

    private static AppResult Result() => new()
    {
        Repository = Made,
        Environments = [new EnvironmentView("staging", null, null, null), new EnvironmentView("production", null, null, null)],
    };

    private Task<BackendAppStatus?> RecordAsync(BackendApp app, ObservedApp observed, BackendAppPlan plan)
    {
        _server.Live = KubeObject.From(BackendApp.ResourceKind, JsonSerializer.SerializeToNode(app, BackendApp.JsonType)!.AsObject());
        return Reporter().RecordAsync(app, observed, plan, Result(), CancellationToken.None);
    }

    private BackendAppReporter Reporter()
    {
        var client = new KubeClient(new HttpClient(_server, disposeHandler: false) { BaseAddress = new Uri("https://api.test") });
        var clock = new ManualTime(Apps.Now);
        var statuses = new StatusWriter(client, _server, FieldManagers.Status, NullLogger<StatusWriter>.Instance);
        var events = new EventRecorder(client, new EventRecorderSettings { ReportingController = "idp.dev/test", ReportingInstance = "test" }, clock, NullLogger<EventRecorder>.Instance);
        return new BackendAppReporter(_server, statuses, new ConditionEvents(events), _metrics, clock);
    }

    /// <summary>An API server that holds one BackendApp and takes its status, and a cache that hears of it at once.</summary>
    private sealed class Server : HttpMessageHandler, IObjectReader, IWriteObserver
    {
        public KubeObject? Live { get; set; }

        public List<BackendAppStatus> Statuses { get; } = [];

        public KubeObject? Find(ResourceKind kind, ObjectKey key) => kind == BackendApp.ResourceKind ? Live : null;

        public IReadOnlyList<KubeObject> List(ResourceKind kind) => [];

        public IReadOnlyList<KubeObject> List(ResourceKind kind, ObjectIndexer indexer, string value) => [];

        public bool IsServed(ResourceKind kind) => true;

        public void Observe(KubeObject written) => Live = written;

        public void Forget(ResourceKind kind, ObjectKey key, string uid) => Live = null;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.RequestUri!.AbsolutePath == "/version")
            {
                return Answer("""{"major": "1", "minor": "36"}""");
            }

            request.RequestUri.AbsolutePath.Should().EndWith("/backendapps/payment-service/status");
            var body = JsonNode.Parse(await request.Content!.ReadAsStringAsync(cancellationToken))!;
            var written = Live!.ToJson();
            written["status"] = body["status"]!.DeepClone();
            written["metadata"]!["managedFields"] = new JsonArray(new JsonObject
            {
                ["manager"] = FieldManagers.Status,
                ["operation"] = "Apply",
                ["apiVersion"] = BackendApp.ResourceKind.ApiVersion,
                ["subresource"] = "status",
                ["fieldsType"] = "FieldsV1",
                ["fieldsV1"] = new JsonObject { ["f:status"] = FieldsOf(body["status"]) },
            });
            Statuses.Add(KubeObject.From(BackendApp.ResourceKind, written).Deserialize(BackendApp.JsonType).Status);
            return Answer(written.ToJsonString());
        }

        private static JsonObject FieldsOf(JsonNode? value) => value switch
        {
            JsonObject members => new JsonObject(members.Select(member => KeyValuePair.Create($"f:{member.Key}", (JsonNode?)FieldsOf(member.Value)))),
            JsonArray items => new JsonObject(items.OfType<JsonObject>().Select(item => KeyValuePair.Create(KeyOf(item), (JsonNode?)FieldsOf(item)))),
            _ => [],
        };

        // Conditions are a map by type, environments one by name.
        private static string KeyOf(JsonObject item) => item["type"] is { } type ? $$"""k:{"type":"{{type}}"}""" : $$"""k:{"name":"{{item["name"]}}"}""";

        private static HttpResponseMessage Answer(string json) =>
            new(HttpStatusCode.OK) { Content = new StringContent(json, Encoding.UTF8, "application/json") };
    }
}
