using System.Text.Json.Nodes;
using Idp.Entities;
using Idp.Kubernetes.Apply;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;
using Idp.Operator.ApplicationEnvironments;

namespace Idp.Operator.Tests.ApplicationEnvironments.Server;

/// <summary>An environment's life on a real API server, with its children's controllers played by the test.</summary>
[Collection(ServerCollection.Name)]
public sealed class EnvironmentOnServerTest(ServerFixture server) : IDisposable
{
    private readonly OperatorUnderTest _operator = new(server.Client);
    private readonly CancellationTokenSource _limit = new(TimeSpan.FromMinutes(3));

    private CancellationToken Limit => _limit.Token;

    [Fact]
    public async Task EnvironmentBecomesReadyAndThenCostsNoWrites()
    {
        var key = await StoreAsync("full", "team-life");

        await _operator.ReconcileAsync(key, Limit);
        var first = await _operator.ReadAsync(key, Limit);
        await PlayControllersAsync(first);
        await _operator.ReconcileAsync(key, Limit);

        first.Status.Find(Conditions.Ready).Status.Should().Be(ConditionStatus.False);
        first.Status.Inventory.Should().HaveCountGreaterThan(9);
        var ready = await _operator.ReadAsync(key, Limit);
        ready.Status.Conditions.Where(condition => condition.Status != ConditionStatus.True).Should().BeEmpty();
        ready.Status.Url.Should().Be("https://team-life.acme.dev");
        var versions = await VersionsAsync(ready);
        await _operator.ReconcileAsync(key, Limit);
        (await VersionsAsync(ready)).Should().Equal(versions);
    }

    [Fact]
    public async Task DriftIsRepairedAndWhatIsNotOursIsLeftAlone()
    {
        var key = await StoreAsync("minimal", "team-drift");
        await _operator.ReconcileAsync(key, Limit);
        var quota = new ObjectKey("team-drift-staging", NamespaceSection.QuotaName);

        await server.Client.PatchAsync(
            WellKnownKinds.ResourceQuota,
            quota,
            new JsonPatch().Replace("/spec/hard/pods", "1000").Add("/spec/hard/services", "5"),
            Limit);
        await _operator.ReconcileAsync(key, Limit);

        var hard = (await server.Client.GetAsync(WellKnownKinds.ResourceQuota, quota, Limit)).ToJson()["spec"]!["hard"]!;
        ((string?)hard["pods"]).Should().Be("50");
        ((string?)hard["services"]).Should().Be("5");
    }

    [Fact]
    public async Task NamespaceOfSomebodyElseIsAConflictAndNothingIsPutIntoIt()
    {
        await server.NamespaceAsync("team-conflict-staging", Limit);
        var key = await StoreAsync("minimal", "team-conflict");

        var result = await _operator.ReconcileAsync(key, Limit);

        var entity = await _operator.ReadAsync(key, Limit);
        entity.Status.Find(Conditions.Stalled).Reason.Should().Be(Reasons.ResourceConflict);
        entity.Status.Find(Conditions.NamespaceReady).Message.Should().Contain("team-conflict-staging");
        entity.Status.Inventory.Should().BeEmpty();
        result.RequeueAfter.Should().NotBeNull();
        (await server.Client.FindAsync(
            WellKnownKinds.ResourceQuota, new ObjectKey("team-conflict-staging", NamespaceSection.QuotaName), Limit)).Should().BeNull();
    }

    [Fact]
    public async Task ProjectIsTheSumOfATeamsEnvironments_AndARestartTakesNothingAway()
    {
        var first = await StoreAsync("minimal", "team-sum");
        var second = await StoreAsync("full", "team-sum", mayExist: true);
        await _operator.ReconcileAsync(first, Limit);
        await _operator.ReconcileAsync(second, Limit);
        var both = await DestinationsAsync("team-sum");

        using var restarted = new OperatorUnderTest(server.Client);
        await restarted.ReconcileAsync(first, Limit);

        both.Should().HaveCount(2);
        (await DestinationsAsync("team-sum")).Should().Equal(both);
    }

    [Fact]
    public async Task SourceThatIsRefused_IsNoLongerInTheProject()
    {
        var first = await StoreAsync("minimal", "team-refused");
        await _operator.ReconcileAsync(first, Limit);
        (await DestinationsAsync("team-refused")).Should().ContainSingle();

        await server.Client.PatchAsync(
            ApplicationEnvironment.ResourceKind, first, new JsonPatch().Replace("/spec/source/repoURL", "https://git.example/other.git"), Limit);
        await _operator.ReconcileAsync(first, Limit);

        (await _operator.ReadAsync(first, Limit)).Status.Find(Conditions.Stalled).Reason.Should().Be(Reasons.NotGranted);
        (await DestinationsAsync("team-refused")).Should().BeEmpty();
    }

    private async Task<IReadOnlyList<string>> DestinationsAsync(string team)
    {
        var project = await server.Client.GetAsync(DeliverySection.AppProject, new ObjectKey("argocd", $"idp-team-{team}"), Limit);
        return [.. project.ToJson()["spec"]!["destinations"]!.AsArray().Select(destination => (string)destination!["namespace"]!)];
    }

    [Fact]
    public async Task SuspendedEnvironmentIsNotTouched()
    {
        var key = await StoreAsync("minimal", "team-paused", entity => entity.Spec()["suspend"] = true);

        await _operator.ReconcileAsync(key, Limit);

        var entity = await _operator.ReadAsync(key, Limit);
        entity.Status.Find(Conditions.Paused).Status.Should().Be(ConditionStatus.True);
        entity.Status.Find(Conditions.NamespaceReady).Reason.Should().Be(Reasons.DependencyMissing);
        (await server.Client.FindAsync(WellKnownKinds.Namespace, new ObjectKey("", "team-paused-staging"), Limit)).Should().BeNull();
    }

    [Fact]
    public async Task WhatIsNoLongerWantedGoesButNotTheData()
    {
        var key = await StoreAsync("full", "team-prune");
        await _operator.ReconcileAsync(key, Limit);

        await server.Client.PatchAsync(
            ApplicationEnvironment.ResourceKind, key, new JsonPatch().Remove("/spec/database").Remove("/spec/secrets"), Limit);
        await _operator.ReconcileAsync(key, Limit);
        await _operator.ReconcileAsync(key, Limit);

        var entity = await _operator.ReadAsync(key, Limit);
        var home = entity.TargetNamespace;
        var left = EnvironmentInventory.Of(entity, new ApplicationEnvironmentObserver(_operator.Reader).Observe(entity));
        left.Select(item => item.Kind).Should().NotContain(["ExternalSecret", "Table", "Database"]);
        (await server.Client.FindAsync(CloudNativePg.Cluster, new ObjectKey(home, "payment-service-db"), Limit)).Should().NotBeNull();
        left.Single(item => item.Kind == "Cluster").Retain.Should().BeTrue();
        DeletionPlan.Make(entity, new ApplicationEnvironmentObserver(_operator.Reader).Observe(entity))
            .Single(item => item.Kind == "Namespace").Retain.Should().BeTrue();
    }

    [Fact]
    public async Task DeletionWaitsForEachStepAndEndsWithTheNamespace()
    {
        var key = await StoreAsync("full", "team-gone", entity => entity.Spec()["database"]!["deletionPolicy"] = "Delete");
        await _operator.ReconcileAsync(key, Limit);
        var home = new ObjectKey("", "team-gone-payment-service-production");
        var application = new ObjectKey("argocd", home.Name);

        var waiting = await _operator.FinalizeAsync(key, Limit);

        waiting.IsSuccess.Should().BeFalse();
        waiting.ErrorMessage.Should().Contain(DeliverySection.CascadeFinalizer);
        (await _operator.ReadAsync(key, Limit)).Status.Find(Conditions.Ready).Reason.Should().Be(Reasons.Deleting);
        (await server.Client.FindAsync(CloudNativePg.Cluster, new ObjectKey(home.Name, "payment-service-db"), Limit))
            .Should().NotBeNull("the application that uses it is still there");

        await server.Client.PatchAsync(DeliverySection.Application, application, new JsonPatch().Remove("/metadata/finalizers"), Limit);
        await FinalizeUntilDoneAsync(key);

        (await server.Client.FindAsync(WellKnownKinds.Namespace, home, Limit)).Should().BeNull();
    }

    [Fact]
    public async Task DeletionKeepsDataItsNamespaceAndItsGuardrails()
    {
        var key = await StoreAsync("full", "team-keep");
        await _operator.ReconcileAsync(key, Limit);
        const string Home = "team-keep-payment-service-production";

        await _operator.FinalizeAsync(key, Limit);
        await server.Client.PatchAsync(
            DeliverySection.Application, new ObjectKey("argocd", Home), new JsonPatch().Remove("/metadata/finalizers"), Limit);
        await FinalizeUntilDoneAsync(key);

        (await server.Client.GetAsync(WellKnownKinds.Namespace, new ObjectKey("", Home), Limit)).Metadata.IsDeleting.Should().BeFalse();
        (await server.Client.FindAsync(CloudNativePg.Cluster, new ObjectKey(Home, "payment-service-db"), Limit)).Should().NotBeNull();
        (await server.Client.FindAsync(WellKnownKinds.NetworkPolicy, new ObjectKey(Home, NamespaceSection.IsolationName), Limit)).Should().NotBeNull();
        (await server.Client.FindAsync(ExternalSecrets.ExternalSecret, new ObjectKey(Home, "payment-service-secrets"), Limit)).Should().BeNull();

        // An environment of the same name takes up what was kept.
        await server.Client.DeleteAsync(ApplicationEnvironment.ResourceKind, key, new DeleteOptions(), Limit);
        var again = await StoreAsync("full", "team-keep", mayExist: true);
        await _operator.ReconcileAsync(again, Limit);
        (await _operator.ReadAsync(again, Limit)).Status.Conditions.Should().NotContain(condition => condition.Type == Conditions.Stalled);
    }

    public void Dispose()
    {
        _operator.Dispose();
        _limit.Dispose();
    }

    private async Task<ObjectKey> StoreAsync(
        string sample, string team, Action<JsonObject>? change = null, bool mayExist = false)
    {
        if (!mayExist)
        {
            await server.NamespaceAsync(team, Limit);
        }

        return await _operator.StoreAsync(sample, team, change, Limit);
    }

    /// <summary>The API server's own controllers take their time to empty a namespace, and nobody tells when they are done.</summary>
    private async Task FinalizeUntilDoneAsync(ObjectKey key)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        while (!(await _operator.FinalizeAsync(key, Limit)).IsSuccess)
        {
            await timer.WaitForNextTickAsync(Limit);
        }
    }

    private async Task PlayControllersAsync(ApplicationEnvironment entity)
    {
        var observer = new ApplicationEnvironmentObserver(_operator.Reader);
        foreach (var live in observer.Observe(entity).Owned)
        {
            var healthy = World.Live(new DesiredObject(live.Kind, live.ToJson()));
            if (healthy.ToJson()["status"] is { } status && live.Kind.Group.Contains('.') && live.Kind.Group != "networking.k8s.io")
            {
                var text = status.ToJsonString().Replace("\"2-abc\"", $"\"{live.Metadata.Generation}-abc\"");
                await server.SetStatusAsync(live.Kind, live.Key, JsonNode.Parse(text)!, Limit);
            }

            if (live.Kind == SchemaSection.Table)
            {
                await MigrateAsync(live);
            }
        }
    }

    private async Task MigrateAsync(KubeObject table)
    {
        var migration = World.Migration(table).ToJson();
        migration["apiVersion"] = SchemaSection.Migration.ApiVersion;
        migration["kind"] = SchemaSection.Migration.Kind;
        migration["metadata"]!.AsObject().Remove("creationTimestamp");
        await server.Client.CreateAsync(SchemaSection.Migration, migration, Limit);
    }

    private async Task<IReadOnlyList<string>> VersionsAsync(ApplicationEnvironment entity)
    {
        await _operator.Reader.RefreshAsync(Limit);
        var own = _operator.Reader.Find(ApplicationEnvironment.ResourceKind, entity.Metadata.Key)!;
        var owned = new ApplicationEnvironmentObserver(_operator.Reader).Observe(entity).Owned;
        return [.. owned.Append(own).Select(live => $"{live} {live.Metadata.ResourceVersion}")];
    }
}
