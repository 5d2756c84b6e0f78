using System.Text.Json.Nodes;
using Idp.Entities;
using Idp.Kubernetes.Model;
using Idp.Operator.Repositories;
using Idp.Sandbox.GitHub;

namespace Idp.Operator.Tests.Ownership;

/// <summary>Single cases of ownership, from the manifest to the contract server.</summary>
public sealed class OwnershipTest : IAsyncLifetime
{
    private const string Teams = """
        teams:
          - {namespace: team-a, adopt: ["pay"]}
          - {namespace: team-b, adopt: ["pay"]}
          - {namespace: team-c}
          - {namespace: team-u, githubOwners: [umbrella]}
        """;

    private OwnershipWorld _world = null!;

    public async Task InitializeAsync() => _world = await OwnershipWorld.StartAsync(Teams);

    public Task DisposeAsync() => _world.DisposeAsync().AsTask();

    [Fact]
    public async Task AnOldSignature_DoesNotBringBackTheOwnerBefore()
    {
        var id = await MakeAsync("team-a/pay");
        var old = (await _world.ReadAsync("acme/pay", RepositoryMarker.Path))!;
        await _world.DeleteAsync("team-a/pay");
        _world.Apply("team-b/heir", "pay", adopts: true);
        (await _world.ReconcileAsync("team-b/heir"))!.Repository!.Id.Should().Be(id);
        await _world.PushAsync("acme/pay", RepositoryMarker.Path, old);
        _world.LoseStatus("team-b/heir");

        _world.Apply("team-a/pay", "pay");
        Stalled(await _world.ReconcileAsync("team-a/pay")).Should().Contain("belongs to BackendApp team-b/heir");
        (await _world.ReconcileAsync("team-b/heir"))!.Repository!.Id.Should().Be(id);
    }

    [Fact]
    public async Task OfTwoThatAdoptAtOnce_OneDoes()
    {
        await _world.SendAsync("POST", "orgs/acme/repos", new JsonObject { ["name"] = "pay", ["auto_init"] = true });
        _world.Apply("team-a/pay", "pay", adopts: true);
        _world.Apply("team-b/pay", "pay", adopts: true);

        var both = await Task.WhenAll(_world.ReconcileAsync("team-a/pay"), _world.ReconcileAsync("team-b/pay"));

        both.Count(status => status!.Repository is not null).Should().Be(1);
    }

    [Fact]
    public async Task WithoutItsGrant_NothingIsAdopted_NorAskedForAtGitHub()
    {
        await _world.SendAsync("POST", "orgs/acme/repos", new JsonObject { ["name"] = "pay", ["auto_init"] = true });
        _world.Apply("team-c/pay", "pay", adopts: true);
        var before = _world.Server.Requests.Total;

        var status = await _world.ReconcileAsync("team-c/pay");

        Stalled(status, Reasons.NotGranted).Should().Contain("spec.repository.adoption").And.Contain("teams[].adopt").And.Contain("acme/pay");
        await _world.DeleteAsync("team-c/pay");
        _world.Server.Requests.Total.Should().Be(before);
    }

    [Fact]
    public async Task WhatTwoStatusesHold_NeitherTouches_UntilOneIsGone()
    {
        var id = await MakeAsync("team-a/pay");
        _world.Apply("team-b/evil", "pay", visibility: "Public", deletes: true);
        var evil = _world.Cluster.Find("team-b/evil")!;
        _world.Cluster.Put(new BackendApp { Metadata = evil.Metadata, Spec = evil.Spec, Status = new BackendAppStatus { Repository = _world.Cluster.Find("team-a/pay")!.Status.Repository } });
        var before = await _world.PrintAsync(id);

        Stalled(await _world.ReconcileAsync("team-b/evil")).Should().Contain("team-a/pay");
        Stalled(await _world.ReconcileAsync("team-a/pay")).Should().Contain("team-b/evil");
        await _world.DeleteAsync("team-b/evil");

        (await _world.PrintAsync(id)).Should().Be(before);
        ExpectReady(await _world.ReconcileAsync("team-a/pay"));
    }

    [Fact]
    public async Task WhatWasTransferredAway_IsShown_AndNotWrittenTo_UntilItIsBack()
    {
        var id = await MakeAsync("team-a/pay", deletes: true);
        await TransferAsync("acme", "umbrella");
        await _world.SendAsync("PATCH", $"repositories/{id}", new JsonObject { ["description"] = "Elsewhere." });
        var before = await _world.PrintAsync(id);

        Stalled(await _world.ReconcileAsync("team-a/pay"), Reasons.NotGranted).Should().Contain("umbrella/pay").And.Contain("teams[].githubOwners");
        (await _world.PrintAsync(id)).Should().Be(before);

        await TransferAsync("umbrella", "acme");
        ExpectReady(await _world.ReconcileAsync("team-a/pay"));
        await TransferAsync("acme", "umbrella");
        await _world.DeleteAsync("team-a/pay");
        (await _world.PrintAsync(id)).Should().StartWith("umbrella/pay", "it is not deleted there either");
    }

    [Fact]
    public async Task WhatIsGone_IsShown()
    {
        var id = await MakeAsync("team-a/pay");
        await _world.SendAsync("DELETE", $"repositories/{id}");

        Stalled(await _world.ReconcileAsync("team-a/pay"), Reasons.RepositoryMissing).Should().Contain($"{id}");
    }

    [Fact]
    public async Task WhatWasMadePublic_IsMadePrivateAgain()
    {
        var id = await MakeAsync("team-a/pay");
        await _world.SendAsync("PATCH", $"repositories/{id}", new JsonObject { ["visibility"] = "public" });

        await _world.ReconcileAsync("team-a/pay");

        (await _world.PrintAsync(id)).Should().StartWith("acme/pay private");
    }

    [Fact]
    public async Task WhenTheOwnerIsNotGrantedAnyMore_GitHubIsNotAskedAtAll()
    {
        var id = await MakeAsync("team-a/pay", deletes: true);
        var app = _world.Cluster.Find("team-a/pay")!;
        var moved = app.Metadata with { Namespace = "team-u" };
        _world.Cluster.Remove("team-a/pay");
        _world.Cluster.Put(new BackendApp { Metadata = moved, Spec = app.Spec, Status = app.Status });
        var before = _world.Server.Requests.Total;

        Stalled(await _world.ReconcileAsync("team-u/pay"), Reasons.NotGranted).Should().Contain("'acme'");
        await _world.DeleteAsync("team-u/pay");

        _world.Server.Requests.Total.Should().Be(before);
        (await _world.PrintAsync(id)).Should().NotBeNull();
    }

    [Fact]
    public async Task ARepositoryWhoseAnswerGotLost_IsFoundAgain_AndByNobodyElse()
    {
        _world.Server.Add(new GitHubFault { Method = "POST", Path = "/orgs/acme/repos$", Kind = GitHubFaultKind.DropAfter });
        _world.Apply("team-a/pay", "pay");
        (await _world.ReconcileAsync("team-a/pay"))!.Repository.Should().BeNull();
        _world.Apply("team-b/pay", "pay", adopts: true);
        Stalled(await _world.ReconcileAsync("team-b/pay")).Should().Contain("team-a/pay");
        _world.Clock.Advance(TimeSpan.FromDays(3));

        var found = await _world.ReconcileAsync("team-a/pay");

        found!.Repository!.Id.Should().Be((await _world.FindAsync("acme/pay"))!["id"]!.GetValue<long>());
        ExpectReady(found);
    }

    private async Task<long> MakeAsync(string key, bool deletes = false)
    {
        _world.Apply(key, "pay", deletes: deletes);
        var status = await _world.ReconcileAsync(key);
        ExpectReady(status);
        return status!.Repository!.Id;
    }

    private Task<JsonNode?> TransferAsync(string from, string to) =>
        _world.SendAsync("POST", "_sandbox/transfer", new JsonObject { ["owner"] = from, ["name"] = "pay", ["new_owner"] = to });

    private static string Stalled(BackendAppStatus? status, string reason = Reasons.RepositoryConflict)
    {
        var stalled = status!.Conditions.Single(condition => condition.Type == Conditions.Stalled);
        (stalled.Status, stalled.Reason).Should().Be((ConditionStatus.True, reason));
        return stalled.Message;
    }

    private static void ExpectReady(BackendAppStatus? status)
    {
        var ready = status!.Conditions.Single(condition => condition.Type == Conditions.RepositoryReady);
        ready.Status.Should().Be(ConditionStatus.True, ready.Message);
    }
}
