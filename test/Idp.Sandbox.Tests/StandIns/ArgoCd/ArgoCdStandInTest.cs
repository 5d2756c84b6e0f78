using System.Text.Json.Nodes;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;
using Idp.Sandbox.StandIns;
using Idp.Sandbox.Tests.World;

namespace Idp.Sandbox.Tests.StandIns.ArgoCd;

[Collection(WorldCollection.Name)]
public sealed class ArgoCdStandInTest(WorldFixture world)
{
    private const string Deployment = """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: shop}
        spec:
          selector: {matchLabels: {app: shop}}
          template:
            metadata: {labels: {app: shop}}
            spec:
              containers:
                - name: shop
                  image: shop
                  ports: [{containerPort: 8080}]
                  env: [{name: MODE, value: base}]
        """;

    private const string Service = """
        apiVersion: v1
        kind: Service
        metadata: {name: shop}
        spec: {selector: {app: shop}, ports: [{port: 80, targetPort: 8080}]}
        """;

    private const string ConfigMap = "{apiVersion: v1, kind: ConfigMap, metadata: {name: shop}, data: {a: b}}";

    [Fact]
    public async Task DeploysWhatTheRepositorySaysWithTheApplicationsOverrides()
    {
        var commit = (await RepositoryAsync("overrides")).Commit;
        await ApplyApplicationAsync("overrides", "automated: {prune: true, selfHeal: true}", """
            kustomize:
              images: ["shop=registry.acme.example/shop:1.2.3"]
              replicas: [{name: shop, count: 3}]
              patches:
                - target: {kind: Deployment, name: shop}
                  patch: |
                    - {op: add, path: /metadata/annotations, value: {patched: json}}
                - target: {kind: Deployment, name: shop}
                  patch: |
                    kind: Deployment
                    metadata: {name: any}
                    spec: {template: {spec: {containers: [{name: shop, env: [{name: LEVEL, value: debug}]}]}}}
            """);

        var application = await UntilHealthyAsync("overrides");

        application.TextAt("status", "sync", "revision").Should().Be(commit);
        application.TextAt("status", "operationState", "phase").Should().Be("Succeeded");
        application.TextsAt("status", "summary", "images").Should().Equal("registry.acme.example/shop:1.2.3");
        var live = (await world.GetAsync(ForeignKinds.Deployment, "overrides", "shop")).ToJson();
        live.NumberAt(0, "spec", "replicas").Should().Be(3);
        live.TextAt("metadata", "annotations", "patched").Should().Be("json");
        live.ObjectsAt("spec", "template", "spec", "containers").Single().ObjectsAt("env")
            .Select(variable => variable.TextAt("name")).Should().BeEquivalentTo("LEVEL", "MODE");
    }

    [Fact]
    public async Task ANewCommitIsDeployedAndWhatItLacksIsPruned()
    {
        var (repository, _) = await RepositoryAsync("commits");
        await ApplyApplicationAsync("commits", "automated: {prune: true}");
        await UntilHealthyAsync("commits");

        var commit = await repository.CommitAsync(
            ("deploy/configmap.yaml", null), ("deploy/kustomization.yaml", "resources: [deployment.yaml, service.yaml]"));

        await world.UntilGoneAsync(ForeignKinds.ConfigMap, "commits", "shop");
        var application = await UntilHealthyAsync("commits", item => item.TextAt("status", "sync", "revision") == commit);
        application.ObjectsAt("status", "resources").Select(item => item.TextAt("kind")).Should().BeEquivalentTo("Deployment", "Service");
    }

    [Fact]
    public async Task DriftIsHealedWhereTheApplicationSaysSo()
    {
        await RepositoryAsync("drift");
        await ApplyApplicationAsync("drift", "automated: {prune: true, selfHeal: true}");
        await UntilHealthyAsync("drift");

        await world.Client.PatchAsync(
            ForeignKinds.ConfigMap, new ObjectKey("drift", "shop"), new JsonPatch().Replace("/data/a", "changed"), CancellationToken.None);
        await world.UntilAsync(ForeignKinds.ConfigMap, "drift", "shop", item => item.TextAt("data", "a") == "b");
        await world.Client.DeleteAsync(
            ForeignKinds.Service, new ObjectKey("drift", "shop"), new DeleteOptions(), CancellationToken.None);

        await world.UntilAsync(ForeignKinds.Service, "drift", "shop", _ => true);
        await UntilHealthyAsync("drift");
    }

    [Fact]
    public async Task ARemovedOverrideIsRemovedFromTheCluster()
    {
        await RepositoryAsync("removed");
        await ApplyApplicationAsync("removed", "automated: {prune: true}", """
            kustomize: {patches: [{target: {kind: Deployment}, patch: '[{"op": "add", "path": "/spec/minReadySeconds", "value": 5}]'}]}
            """);
        await world.UntilAsync(ForeignKinds.Deployment, "removed", "shop", item => item.NumberAt(0, "spec", "minReadySeconds") == 5);

        await ApplyApplicationAsync("removed", "automated: {prune: true}");

        await world.UntilAsync(ForeignKinds.Deployment, "removed", "shop", item => item.NumberAt(0, "spec", "minReadySeconds") == 0);
    }

    [Fact]
    public async Task ManualSyncWaitsForAnOperation()
    {
        await RepositoryAsync("manual");
        await ApplyApplicationAsync("manual", "retry: {limit: 1}");
        var waiting = await world.UntilAsync(
            ForeignKinds.Application, "argocd", "manual", item => item.TextAt("status", "sync", "status") == "OutOfSync");
        waiting.TextAt("status", "health", "status").Should().Be("Missing");

        await world.Client.PatchAsync(
            ForeignKinds.Application,
            new ObjectKey("argocd", "manual"),
            new JsonPatch().Add("/operation", JsonNode.Parse("""{"sync": {"prune": true}}""")),
            CancellationToken.None);

        (await UntilHealthyAsync("manual")).At("operation").Should().BeNull();
    }

    [Fact]
    public async Task AMissingPathIsAComparisonErrorInArgoCdsWords()
    {
        await RepositoryAsync("lost");
        await ApplyApplicationAsync("lost", "automated: {}", path: "deploy/nowhere");

        var application = await UntilConditionAsync("lost", "ComparisonError");

        Message(application).Should().EndWith("deploy/nowhere: app path does not exist");
        application.TextAt("status", "sync", "status").Should().Be("Unknown");
    }

    [Fact]
    public async Task AnUnknownProjectIsAnInvalidSpec()
    {
        await RepositoryAsync("strange");
        await ApplyApplicationAsync("strange", "automated: {}", project: "nobody");

        Message(await UntilConditionAsync("strange", "InvalidSpecError"))
            .Should().Be("Application referencing project nobody which does not exist");
    }

    [Fact]
    public async Task DeletingAnApplicationDeletesWhatItDeployed()
    {
        await RepositoryAsync("cascade");
        await ApplyApplicationAsync("cascade", "automated: {prune: true}");
        await UntilHealthyAsync("cascade");

        await world.Client.DeleteAsync(
            ForeignKinds.Application, new ObjectKey("argocd", "cascade"), new DeleteOptions(), CancellationToken.None);

        await world.UntilGoneAsync(ForeignKinds.Application, "argocd", "cascade");
        foreach (var kind in new[] { ForeignKinds.Deployment, ForeignKinds.Service, ForeignKinds.ConfigMap })
        {
            (await world.Client.FindAsync(kind, new ObjectKey("cascade", "shop"), CancellationToken.None)).Should().BeNull();
        }
    }

    [Fact]
    public async Task ABrokenManifestFailsTheSyncAndSaysWhy()
    {
        var (repository, _) = await RepositoryAsync("broken");
        await repository.CommitAsync(("deploy/service.yaml", Service.Replace("port: 80,", "port: 99999999,", StringComparison.Ordinal)));
        await ApplyApplicationAsync("broken", "automated: {}");

        var application = await UntilConditionAsync("broken", "SyncError");

        Message(application).Should().StartWith("Failed last sync attempt to [").And.Contain("spec.ports[0].port");
        application.TextAt("status", "operationState", "phase").Should().Be("Failed");
    }

    private async Task<(TestRepository Repository, string Commit)> RepositoryAsync(string name)
    {
        await world.Sandbox.CreateNamespaceAsync(name, CancellationToken.None);
        var repository = await TestRepository.CreateAsync(world, name);
        var commit = await repository.CommitAsync(
            ("deploy/kustomization.yaml", "resources: [deployment.yaml, service.yaml, configmap.yaml]"),
            ("deploy/deployment.yaml", Deployment),
            ("deploy/service.yaml", Service),
            ("deploy/configmap.yaml", ConfigMap));
        return (repository, commit);
    }

    private Task<KubeObject> ApplyApplicationAsync(
        string name, string syncPolicy, string kustomize = "", string path = "deploy", string project = "default") =>
        world.ApplyAsync($"""
            apiVersion: argoproj.io/v1alpha1
            kind: Application
            metadata:
              name: {name}
              namespace: argocd
              finalizers: [resources-finalizer.argocd.argoproj.io]
            spec:
              project: {project}
              destination:
                server: https://kubernetes.default.svc
                namespace: {name}
              syncPolicy:
                {syncPolicy}
              source:
                repoURL: {world.Sandbox.GitHub.CloneUrl("acme", name)}
                path: {path}
                targetRevision: main
                {kustomize.ReplaceLineEndings("\n").Replace("\n", "\n    ", StringComparison.Ordinal)}
            """);

    private Task<JsonObject> UntilHealthyAsync(string name, Func<JsonObject, bool>? also = null) => world.UntilAsync(
        ForeignKinds.Application,
        "argocd",
        name,
        item => item.TextAt("status", "sync", "status") == "Synced"
            && item.TextAt("status", "health", "status") == "Healthy"
            && also?.Invoke(item) != false);

    private Task<JsonObject> UntilConditionAsync(string name, string type) => world.UntilAsync(
        ForeignKinds.Application, "argocd", name, item => ForeignConditions.Find(item["status"], type) is not null);

    private static string Message(JsonObject application) =>
        application.ObjectsAt("status", "conditions").Single().TextAt("message") ?? "";
}
