using System.Globalization;
using Idp.Entities;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;

namespace Idp.EndToEnd.Tests.Tenants;

/// <summary>A team that tries to reach beyond its grants is refused in words, and reaches nothing.</summary>
[Collection(TenantsWorld.Name)]
public sealed class TenantsTest(TenantsPlatform platform)
{
    private static readonly IReadOnlyList<Try> All =
    [
        .. RepositoryTries.All, .. ForgeryTries.All, .. PlaceTries.All, .. EnvironmentTries.All, .. ManifestTries.All, .. AccessTries.All,
    ];

    /// <summary>The table, by name.</summary>
    public static TheoryData<string> Names => new(All.Select(attempt => attempt.Name));

    [Theory]
    [MemberData(nameof(Names))]
    public Task ATryReachesNothing(string name)
    {
        var number = All.TakeWhile(attempt => attempt.Name != name).Count();
        return Attack.RunAsync(platform, All[number], $"evil-{number.ToString(CultureInfo.InvariantCulture)}");
    }

    /// <summary>A comparison that sees nothing would let every try pass.</summary>
    [Theory]
    [InlineData("an object that somebody changes", "changed: Namespace. canary-staging")]
    [InlineData("a repository that somebody changes", "acme/canary: settings")]
    [InlineData("what the operator writes", "applications/canary-staging")]
    public async Task AWriteIsSeen(string what, string words)
    {
        Func<Attack, Task> write = what switch
        {
            "an object that somebody changes" => _ => platform.KubectlAsync("label", "--overwrite", "namespace", "canary-staging", $"seen={Guid.NewGuid():N}"),
            "a repository that somebody changes" => _ => platform.GitHub.SendAsync(HttpMethod.Patch, "repos/acme/canary", """{"has_wiki": false}"""),
            _ => _ => ChangeCanaryAsync(),
        };

        var run = () => Attack.RunAsync(platform, Try.Act(what, write, new Outcome.Harmless(_ => Task.CompletedTask)), "control");

        (await run.Should().ThrowAsync<Exception>()).WithMessage($"*{words}*");
        await platform.Victim.Canary.UntilReadyAsync();
        await platform.Reader.UntilStillAsync(platform.Watching);
    }

    [Fact]
    public async Task TheOperatorsWritesAreCounted()
    {
        var writes = OperatorWrites.Begin(platform);

        await ChangeCanaryAsync();

        writes.ToApiServer(_ => false).Should().Contain(line => line.Contains("/namespaces/team-a/backendapps/canary/status", StringComparison.Ordinal));
        writes.ToGitHub().Should().Contain(line => line.Contains(" PATCH /", StringComparison.Ordinal));
        await platform.Reader.UntilStillAsync(platform.Watching);
    }

    [Fact]
    public async Task ARepositoryThatTheAttackerMadeFirstIsNotTakenForTheVictims()
    {
        var later = new TestApp(platform, Victim.Team, "later");
        await platform.Attacker.GitHub.SendAsync(HttpMethod.Post, "orgs/acme/repos", """{"name": "later", "private": true, "auto_init": true}""");
        await platform.Attacker.CommitAsync("later", Attacker.MarkerPath, """{"owner": "team-a/later", "ownerUid": ""}""");
        var (writes, before) = (OperatorWrites.Begin(platform), platform.Reader.ReadGitHub(_ => false));

        await later.ApplyAsync(Specs.Small);

        (await later.UntilStalledAsync(Reasons.RepositoryConflict)).Should().Contain("acme/later").And.Contain("spec.repository.name");
        await later.DeleteAsync();
        WorldReader.Difference(before, platform.Reader.ReadGitHub(_ => false)).Should().BeEmpty();
        writes.ToGitHub().Should().BeEmpty();
    }

    [Fact]
    public async Task AnApplicationThatLostItsStatusFindsItsRepositoryAgainAndTheAttackerDoesNot()
    {
        var canary = platform.Victim.Canary;
        var id = (await canary.GetAsync()).NumberAt(0, "status", "repository", "id");
        var evil = new TestApp(platform, Attacker.Team, "evil-canary");
        await evil.ApplyAsync("repository: {name: canary, adoption: IfUnowned, visibility: Public, deletionPolicy: Delete}");
        await evil.UntilStalledAsync(Reasons.RepositoryConflict);
        var writes = OperatorWrites.Begin(platform);

        await platform.Client.PatchAsync(
            Kinds.BackendApp, new ObjectKey(canary.Team, canary.Name), new JsonPatch().Remove("/status"), "status", CancellationToken.None);
        await platform.Attacker.AskForReconcileAsync(Kinds.BackendApp, evil.Name);

        await canary.UntilAsync("found again", item => item.Is(Conditions.Ready) && item.NumberAt(0, "status", "repository", "id") == id);
        await evil.ReconcileAsync();
        await evil.UntilStalledAsync(Reasons.RepositoryConflict);
        await evil.DeleteAsync();
        writes.ToGitHub().Should().BeEmpty();
        await platform.Reader.UntilStillAsync(platform.Watching);
    }

    /// <remarks>Who makes an environment chooses the name of its namespace, and gets to edit in it: that must not be worth another team's grants.</remarks>
    [Fact]
    public async Task ANamespaceThatWasMadeForAnEnvironmentIsGrantedNothing()
    {
        await platform.Attacker.ApplyAsync(Kinds.Environment, Environment("squat", "team-c"));
        await platform.Watching.UntilAsync(WellKnownKinds.Namespace, "", "team-c", "made", _ => true);
        var writes = OperatorWrites.Begin(platform);

        var squatter = new TestApp(platform, "team-c", "squatter");
        await squatter.ApplyAsync("secrets: [{name: KEY, remoteRef: {key: vault-c/stripe}}]");
        await platform.ApplyAsync(Environment("squatting", "squatting", "team-c").ToJsonString());

        (await squatter.UntilStalledAsync(Reasons.NotGranted)).Should().ContainAll("metadata.namespace", "team-c", "team-b/squat", "the team's own namespace");
        var child = await platform.Watching.UntilAsync(Kinds.Environment, "team-c", "squatting", "refused", item => item.IsStalled(Reasons.NotGranted));
        child.Condition(Conditions.Stalled).TextAt("message").Should().Contain("metadata.namespace");
        await squatter.DeleteAsync();
        writes.AskedOfGitHub().Should().BeEmpty();
        await DeleteAsync(Kinds.Environment, "team-c", "squatting");
        await DeleteAsync(Kinds.Environment, Attacker.Team, "squat");
        await platform.Reader.UntilStillAsync(platform.Watching);
    }

    [Fact]
    public async Task WhatNamesAnotherTeamsApplicationAsItsOwnerIsNotItsEnvironment()
    {
        const string Holder = "hold.example.com/environment";
        var canary = platform.Victim.Canary;
        var manifest = Environment("evil-child", Attacker.Team);
        manifest["metadata"]!["finalizers"] = new JsonArray(Holder);
        manifest["metadata"]!["ownerReferences"] = new JsonArray(Victim.OwnerReference(await canary.GetAsync()));
        await platform.Attacker.ApplyAsync(Kinds.Environment, manifest);
        await platform.Watching.UntilAsync(
            Kinds.Environment, Attacker.Team, "evil-child", "taken away by Kubernetes and held", item => item.TextAt("metadata", "deletionTimestamp") is not null);

        await platform.Victim.ExpectReadyAsync("canary");
        (await canary.GetAsync()).ObjectsAt("status", "environments").Select(environment => environment.TextAt("name")).Should().Equal("staging");

        var key = new ObjectKey(Attacker.Team, "evil-child");
        await platform.Watching.UntilAsync(
            Kinds.Environment, key.Namespace, key.Name, "let go by the operator", item => item.TextsAt("metadata", "finalizers").SequenceEqual([Holder]));
        await platform.Attacker.Client.PatchAsync(Kinds.Environment, key, new JsonPatch().Remove("/metadata/finalizers"), CancellationToken.None);
        await platform.Watching.UntilGoneAsync(Kinds.Environment, key.Namespace, key.Name);
        await platform.Reader.UntilStillAsync(platform.Watching);
    }

    private async Task ChangeCanaryAsync()
    {
        var spec = $"description: Sings {Guid.NewGuid():N}.\nenv: [{{name: SONG, value: {Guid.NewGuid():N}}}]\nenvironments: [{{name: staging}}]";
        await platform.Victim.Canary.ApplyAsync(spec);
        await platform.Victim.Canary.UntilReadyAsync();
    }

    private async Task DeleteAsync(ResourceKind kind, string @namespace, string name)
    {
        await platform.Client.DeleteAsync(kind, new ObjectKey(@namespace, name), new DeleteOptions(), CancellationToken.None);
        await platform.Watching.UntilGoneAsync(kind, @namespace, name);
    }

    /// <summary>An environment of the attacker's own application, written by hand.</summary>
    private JsonObject Environment(string name, string target, string home = Attacker.Team) => new()
    {
        ["apiVersion"] = Kinds.Environment.ApiVersion,
        ["kind"] = Kinds.Environment.Kind,
        ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = home },
        ["spec"] = new JsonObject
        {
            ["application"] = Attacker.Base,
            ["stage"] = "Development",
            ["namespace"] = target,
            ["source"] = new JsonObject
            {
                ["repoURL"] = platform.Sandbox.GitHub.CloneUrl("acme", Attacker.Base).ToString(),
                ["path"] = "deploy/overlays/staging",
            },
        },
    };
}
