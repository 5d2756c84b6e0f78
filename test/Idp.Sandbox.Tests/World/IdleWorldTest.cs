using Idp.Sandbox.StandIns;
using Idp.Sandbox.World;

namespace Idp.Sandbox.Tests.World;

[Collection(WorldCollection.Name)]
public sealed class IdleWorldTest(WorldFixture world)
{
    [FactWith(Needs.UpstreamDefinitions)]
    public async Task DatabasesSecretsAndSchemasComeUpAgainstTheRealDefinitionsAndThenCostNoWrites()
    {
        await world.Sandbox.CreateNamespaceAsync("idle", CancellationToken.None);
        await world.ApplyAsync("""
            apiVersion: postgresql.cnpg.io/v1
            kind: Cluster
            metadata: {name: shop-db, namespace: idle}
            spec: {instances: 1, storage: {size: 1Gi}}
            """);
        await world.ApplyAsync("""
            apiVersion: databases.schemahero.io/v1alpha4
            kind: Database
            metadata: {name: shop-db, namespace: idle}
            spec:
              immediateDeploy: true
              connection: {postgres: {uri: {valueFrom: {secretKeyRef: {name: shop-db-app, key: uri}}}}}
            """);
        await world.ApplyAsync("""
            apiVersion: schemas.schemahero.io/v1alpha4
            kind: Table
            metadata: {name: shop-users, namespace: idle}
            spec: {database: shop-db, name: users, schema: {postgres: {primaryKey: [id], columns: [{name: id, type: uuid}]}}}
            """);
        await world.ApplyAsync("""
            apiVersion: external-secrets.io/v1
            kind: ExternalSecret
            metadata: {name: shop-secrets, namespace: idle}
            spec:
              secretStoreRef: {name: platform, kind: ClusterSecretStore}
              data: [{secretKey: KEY, remoteRef: {key: payments/stripe}}]
            """);

        await world.UntilAsync(ForeignKinds.Cluster, "idle", "shop-db", WorldFixture.IsReady);
        await world.UntilAsync(ForeignKinds.ExternalSecret, "idle", "shop-secrets", WorldFixture.IsReady);
        await world.UntilAsync(ForeignKinds.Migration, "idle", "", item => item.NumberAt(0, "status", "executedAt") > 0);
        await world.GetAsync(ForeignKinds.Secret, "idle", "shop-secrets");
        var before = await world.Sandbox.Metrics.ReadWritesAsync(CancellationToken.None);
        await Clock.PassAsync(TimeSpan.FromSeconds(5));
        var after = await world.Sandbox.Metrics.ReadWritesAsync(CancellationToken.None);

        before.Should().ContainKey("clusters.postgresql.cnpg.io/status");
        ApiServerMetrics.Difference(before, after).Should().BeEmpty();
    }

    [Fact]
    public async Task AHeldObjectStaysAsItIsUntilItIsHealed()
    {
        await world.Sandbox.CreateNamespaceAsync("held", CancellationToken.None);
        var key = new Idp.Kubernetes.Model.ObjectKey("held", "shop-db");
        world.Sandbox.Faults.Hold("Cluster.postgresql.cnpg.io", key);
        var held = await world.ApplyAsync("""
            apiVersion: postgresql.cnpg.io/v1
            kind: Cluster
            metadata: {name: shop-db, namespace: held}
            spec: {instances: 1, storage: {size: 1Gi}}
            """);

        held.ToJson().At("status", "phase").Should().BeNull();
        world.Sandbox.Faults.Heal("Cluster.postgresql.cnpg.io", key);

        await world.UntilAsync(ForeignKinds.Cluster, "held", "shop-db", WorldFixture.IsReady);
    }
}
