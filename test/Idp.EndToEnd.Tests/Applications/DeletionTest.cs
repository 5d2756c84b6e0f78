using Idp.Entities;
using Idp.Kubernetes.Model;

namespace Idp.EndToEnd.Tests.Applications;

/// <summary>Deleting takes away what the policies say, and nothing else; what holds data stays unless a policy says otherwise.</summary>
[Collection(SharedWorld.Name)]
public sealed class DeletionTest(Platform platform)
{
    [Theory]
    [InlineData("Retain")]
    [InlineData("Archive")]
    [InlineData("Delete")]
    public async Task TheRepositoryGoesAsItsPolicySays(string policy)
    {
        var app = await platform.NewAppAsync($"gone-{policy.ToLowerInvariant()}");
        await app.MakeAsync($$"""
            repository: {deletionPolicy: {{policy}} }
            environments: [{name: staging}]
            """);

        await app.DeleteAsync();

        var left = await platform.GitHub.FindAsync(app.Name);
        (left is not null).Should().Be(policy != "Delete");
        left.FlagAt(false, "archived").Should().Be(policy == "Archive");
        await ExpectNothingLeftAsync(app);
    }

    [Fact]
    public async Task ARepositoryIsDeletedOnlyAfterItsNameWasConfirmed()
    {
        var app = (await platform.NewAppAsync("unconfirmed")) with { ConfirmsDeletion = false };
        await app.MakeAsync("""
            repository: {deletionPolicy: Delete}
            environments: [{name: staging}]
            """);
        await app.AnnotateAsync(Annotations.ConfirmDelete, "another");

        await platform.Client.DeleteAsync(Kinds.BackendApp, new ObjectKey(app.Team, app.Name), new(), CancellationToken.None);

        var blocked = await app.UntilAsync("blocked", item => item.Condition(Conditions.Ready).TextAt("reason") == Reasons.DeletionBlocked);
        blocked.Condition(Conditions.Ready).TextAt("message").Should().Contain($"{Annotations.ConfirmDelete}={app.Name}");
        (await platform.GitHub.ExistsAsync(app.Name)).Should().BeTrue();

        await app.AnnotateAsync(Annotations.ConfirmDelete, app.Name);

        await platform.Watching.UntilGoneAsync(Kinds.BackendApp, app.Team, app.Name);
        (await platform.GitHub.ExistsAsync(app.Name)).Should().BeFalse();
    }

    [Fact]
    public async Task ADatabaseThatIsRetainedKeepsItsNamespaceAndTheNextApplicationOfThatNameTakesItUp()
    {
        var app = await platform.NewAppAsync("keeper");
        const string Spec = """
            repository: {deletionPolicy: Delete}
            database: {tables: [{name: users, primaryKey: [id], columns: [{name: id, type: uuid}]}]}
            environments: [{name: staging}]
            """;
        await app.MakeAsync(Spec);
        var home = app.In("staging");
        var cluster = await platform.GetAsync(ForeignKinds.Cluster, home, "keeper-db");

        await app.DeleteAsync();

        (await app.ChildrenAsync()).Should().BeEquivalentTo(
            $"Namespace {home}",
            $"ResourceQuota {home}/idp-quota",
            $"LimitRange {home}/idp-defaults",
            $"NetworkPolicy {home}/idp-isolation",
            $"RoleBinding {home}/idp-edit-team-keeper",
            $"Cluster {home}/keeper-db");
        (await platform.GetAsync(ForeignKinds.Secret, home, "keeper-db-app")).Should().NotBeNull();
        await ExpectNothingDeployedAsync(app);

        await app.MakeAsync(Spec);

        var kept = await platform.GetAsync(ForeignKinds.Cluster, home, "keeper-db");
        kept.TextAt("metadata", "uid").Should().Be(cluster.TextAt("metadata", "uid"));
        kept.At("spec")!.ToJsonString().Should().Be(cluster.At("spec")!.ToJsonString());
    }

    [Fact]
    public async Task ADatabaseWhosePolicyIsDeleteGoesWithEverythingElse()
    {
        var app = await platform.NewAppAsync("goner");
        await app.MakeAsync(Specs.WithDatabase);

        await app.DeleteAsync();

        await ExpectNothingLeftAsync(app);
        (await platform.GitHub.ExistsAsync("goner")).Should().BeTrue("retaining the repository is the default");
    }

    [Fact]
    public async Task AnEnvironmentThatIsNoLongerListedGoesAndTheOthersStay()
    {
        var app = await platform.NewAppAsync("shrinking");
        await app.MakeAsync("environments: [{name: staging}, {name: production}]");
        var staging = await platform.GetAsync(WellKnownKinds.Namespace, "", app.In("staging"));

        await app.ApplyAsync(Specs.Small);

        await platform.Watching.UntilGoneAsync(Kinds.Environment, app.Team, app.In("production"));
        await app.UntilReadyAsync();
        (await platform.FindAsync(WellKnownKinds.Namespace, "", app.In("production"))).Should().BeNull();
        (await platform.FindAsync(ForeignKinds.Application, "argocd", app.In("production"))).Should().BeNull();
        var kept = await platform.GetAsync(WellKnownKinds.Namespace, "", app.In("staging"));
        kept.TextAt("metadata", "uid").Should().Be(staging.TextAt("metadata", "uid"));
    }

    [Fact]
    public async Task GitHubBeingAwayHoldsUpOnlyADeletionThatNeedsIt()
    {
        var app = await platform.NewAppAsync("patient");
        await app.MakeAsync("""
            repository: {deletionPolicy: Delete}
            environments: [{name: staging}]
            """);
        platform.Sandbox.GitHub.Add(new() { Method = "DELETE", Path = "repositories|repos/acme/patient", Times = 1, Status = 503 });

        await app.DeleteAsync();

        (await platform.GitHub.ExistsAsync("patient")).Should().BeFalse();
        platform.Sandbox.GitHub.FaultsToCome.Should().Be(0, "the first attempt was refused");
        await ExpectNothingLeftAsync(app);
    }

    private async Task ExpectNothingLeftAsync(TestApp app)
    {
        (await app.ChildrenAsync()).Should().BeEmpty();
        (await platform.FindAsync(WellKnownKinds.Namespace, "", app.In("staging"))).Should().BeNull();
        await ExpectNothingDeployedAsync(app);
    }

    private async Task ExpectNothingDeployedAsync(TestApp app)
    {
        foreach (var kind in Kinds.Deployed)
        {
            (await platform.FindAsync(kind, app.In("staging"), app.Name)).Should().BeNull($"the {kind.Kind} went with its Application");
        }
    }
}
