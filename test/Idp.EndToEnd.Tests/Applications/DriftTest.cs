using Idp.Entities;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;

namespace Idp.EndToEnd.Tests.Applications;

/// <summary>What people do to our objects behind our back: our fields come back, theirs stay, and what they delete is made again.</summary>
[Collection(SharedWorld.Name)]
public sealed class DriftTest(Platform platform, DriftTest.Drifter drifter) : IClassFixture<DriftTest.Drifter>
{
    private const string ForeignKey = "example.com/foreign";

    /// <summary>One field of ours in every kind of child, and another value for it.</summary>
    public static TheoryData<string, string, string> OwnedFields => new()
    {
        { "ApplicationEnvironment", "/spec/workload/replicas", "7" },
        { "Namespace", "/metadata/labels/idp.dev~1team", "\"strangers\"" },
        { "ResourceQuota", "/spec/hard/pods", "\"7\"" },
        { "LimitRange", "/spec/limits/0/defaultRequest/memory", "\"7Mi\"" },
        { "NetworkPolicy", "/spec/ingress", "[]" },
        { "RoleBinding", "/subjects/0/name", "\"strangers\"" },
        { "ExternalSecret", "/spec/data/0/remoteRef/key", "\"team-strangers/key\"" },
        { "Cluster", "/spec/imageName", "\"ghcr.io/cloudnative-pg/postgresql:7\"" },
        { "Database", "/spec/immediateDeploy", "false" },
        { "Table", "/spec/schema/postgres/columns/1/type", "\"integer\"" },
        { "Application", "/spec/source/targetRevision", "\"strangers\"" },
    };

    /// <summary>Every kind of child; a namespace is a test of its own.</summary>
    public static TheoryData<string> Deletable =>
        new(Kinds.Owned.Select(kind => kind.Kind).Where(kind => kind != "Namespace").ToArray());

    [Theory]
    [MemberData(nameof(OwnedFields))]
    public async Task AFieldOfOursComesBackAndWhatOthersAddedStays(string kindName, string field, string value)
    {
        var (kind, key) = drifter.Child(kindName);
        var before = await platform.GetAsync(kind, key.Namespace, key.Name);
        var patch = new JsonPatch()
            .Replace(field, JsonNode.Parse(value))
            .Add($"/metadata/labels/{JsonPatch.Escape(ForeignKey)}", "stays");
        patch = before.At("metadata", "annotations") is null
            ? patch.Add("/metadata/annotations", new JsonObject { [ForeignKey] = "stays" })
            : patch.Add($"/metadata/annotations/{JsonPatch.Escape(ForeignKey)}", "stays");

        await platform.Client.PatchAsync(kind, key, patch, CancellationToken.None);

        var restored = await platform.Watching.UntilAsync(
            kind, key.Namespace, key.Name, $"restored in {field}", item => JsonNode.DeepEquals(Value(item, field), Value(before, field)));
        restored.TextAt("metadata", "labels", ForeignKey).Should().Be("stays");
        restored.TextAt("metadata", "annotations", ForeignKey).Should().Be("stays");
        await drifter.App.UntilReadyAsync();
    }

    [Theory]
    [MemberData(nameof(Deletable))]
    public async Task WhatIsDeletedIsMadeAgain(string kindName)
    {
        var (kind, key) = drifter.Child(kindName);
        var before = (await platform.GetAsync(kind, key.Namespace, key.Name)).TextAt("metadata", "uid");
        var cluster = await ClusterUidAsync();

        await platform.Client.DeleteAsync(kind, key, new DeleteOptions { Uid = before }, CancellationToken.None);

        await platform.Watching.UntilAsync(
            kind, key.Namespace, key.Name, "made again",
            item => item.TextAt("metadata", "uid") != before && item.At("metadata", "deletionTimestamp") is null);
        await drifter.App.UntilReadyAsync();
        if (kind != ForeignKinds.Cluster)
        {
            (await ClusterUidAsync()).Should().Be(cluster, "the database has nothing to do with it");
        }
    }

    [Fact]
    public async Task FieldsThatOthersAddBesideOursStay()
    {
        var (kind, key) = drifter.Child("ResourceQuota");
        var patch = new JsonPatch().Add("/spec/hard/services", "5").Replace("/spec/hard/pods", "7");

        await platform.Client.PatchAsync(kind, key, patch, CancellationToken.None);

        var restored = await platform.Watching.UntilAsync(
            kind, key.Namespace, key.Name, "restored", item => item.TextAt("spec", "hard", "pods") != "7");
        restored.TextAt("spec", "hard", "services").Should().Be("5");
    }

    [Fact]
    public async Task AnObjectThatLostTheLabelByWhichWeWatchGetsItBack()
    {
        var (kind, key) = drifter.Child("ResourceQuota");
        var patch = new JsonPatch().Remove($"/metadata/labels/{JsonPatch.Escape(Labels.ManagedBy)}");

        await platform.Client.PatchAsync(kind, key, patch, CancellationToken.None);

        await platform.Watching.UntilAsync(
            kind, key.Namespace, key.Name, "labelled again", item => item.TextAt("metadata", "labels", Labels.ManagedBy) == Labels.Manager);
        await drifter.App.UntilReadyAsync();
    }

    [Fact]
    public async Task ANamespaceThatIsDeletedIsMadeAgainWithAllThatBelongsIntoIt()
    {
        var app = await platform.NewAppAsync("homeless");
        await app.MakeAsync(Specs.Everything(app.Team));
        var children = await app.ChildrenAsync();
        var before = (await platform.GetAsync(WellKnownKinds.Namespace, "", app.In("staging"))).TextAt("metadata", "uid");

        await platform.Client.DeleteAsync(
            WellKnownKinds.Namespace, new ObjectKey("", app.In("staging")), new DeleteOptions(), CancellationToken.None);

        await platform.Watching.UntilAsync(
            WellKnownKinds.Namespace, "", app.In("staging"), "made again", item => item.TextAt("metadata", "uid") != before);
        await platform.Watching.UntilAsync(
            ForeignKinds.Deployment, app.In("staging"), app.Name, "deployed again", item => item.NumberAt(0, "status", "readyReplicas") == 2);
        await app.UntilReadyAsync();
        (await app.ChildrenAsync()).Should().BeEquivalentTo(children);
    }

    [Fact]
    public async Task WhatIsChangedOnGitHubIsPutBackWhenAsked()
    {
        var app = await platform.NewAppAsync("renamed");
        await app.MakeAsync("""
            description: As the manifest says.
            repository: {topics: [shop, api]}
            environments: [{name: staging}]
            """);
        await platform.GitHub.SendAsync(HttpMethod.Patch, "repos/acme/renamed", """{"description": "As a stranger says.", "has_wiki": false}""");
        await platform.GitHub.SendAsync(HttpMethod.Put, "repos/acme/renamed/topics", """{"names": ["strange"]}""");

        await app.ReconcileAsync();

        var live = await platform.GitHub.FindAsync("renamed");
        live.TextAt("description").Should().Be("As the manifest says.");
        live.TextsAt("topics").Should().BeEquivalentTo("shop", "api");
        live.FlagAt(true, "has_wiki").Should().BeFalse("that is not ours");
    }

    private async Task<string?> ClusterUidAsync()
    {
        var (kind, key) = drifter.Child("Cluster");
        return (await platform.GetAsync(kind, key.Namespace, key.Name)).TextAt("metadata", "uid");
    }

    private static JsonNode? Value(JsonNode? item, string pointer) => pointer.Split('/')[1..]
        .Select(part => part.Replace("~1", "/", StringComparison.Ordinal))
        .Aggregate(item, (node, part) => node is JsonArray list ? list[int.Parse(part, System.Globalization.CultureInfo.InvariantCulture)] : node?[part]);

    /// <summary>The application that all of this is done to.</summary>
    public sealed class Drifter(Platform platform) : IAsyncLifetime
    {
        internal TestApp App { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            App = await platform.NewAppAsync("drifter");
            await App.MakeAsync(Specs.Everything(App.Team));
        }

        public Task DisposeAsync() => Task.CompletedTask;

        internal (ResourceKind Kind, ObjectKey Key) Child(string kindName)
        {
            var home = App.In("staging");
            var kind = Kinds.Owned.Single(kind => kind.Kind == kindName);
            return (kind, kindName switch
            {
                "ApplicationEnvironment" => new ObjectKey(App.Team, home),
                "Namespace" => new ObjectKey("", home),
                "ResourceQuota" => new ObjectKey(home, "idp-quota"),
                "LimitRange" => new ObjectKey(home, "idp-defaults"),
                "NetworkPolicy" => new ObjectKey(home, "idp-isolation"),
                "RoleBinding" => new ObjectKey(home, $"idp-edit-{App.Team}"),
                "ExternalSecret" => new ObjectKey(home, $"{App.Name}-secrets"),
                "Table" => new ObjectKey(home, $"{App.Name}-users"),
                "Application" => new ObjectKey("argocd", home),
                _ => new ObjectKey(home, $"{App.Name}-db"),
            });
        }
    }
}
