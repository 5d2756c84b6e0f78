using Idp.Entities;

namespace Idp.EndToEnd.Tests.Safety;

/// <summary>A cluster that comes back from a backup knows its repositories again.</summary>
[Collection(SharedWorld.OfSafety)]
public sealed class RestoreTest(Platform platform)
{
    [Fact]
    public async Task WithoutStatusEveryRepositoryIsFoundAgainByItsOwner_ByNobodyElse_AndNothingIsWrittenToGitHub()
    {
        var team = await platform.NewTeamAsync("restored");
        TestApp[] apps = [new(platform, team, "kept"), new(platform, team, "parted")];
        await apps[0].MakeAsync(Specs.Small);
        await apps[1].MakeAsync("repository: {deployment: Separate}\nenvironments: [{name: staging}]");
        var stranger = new TestApp(platform, await platform.NewTeamAsync("stranger"), "stranger");
        await stranger.ApplyAsync("repository: {name: kept, deletionPolicy: Delete, visibility: Public}\nenvironments: [{name: staging}]");
        await stranger.UntilStalledAsync(Reasons.RepositoryConflict);
        var before = await ReadAsync(apps);
        TestApp[] all = [stranger, .. apps];

        await platform.Operator.StopAsync(CancellationToken.None);
        var exported = await Task.WhenAll(all.Select(app => app.GetAsync()));
        foreach (var app in all)
        {
            await ForgetAsync(app);
        }

        foreach (var manifest in exported)
        {
            await ApplyWithoutStatusAsync(manifest);
        }

        var writes = WritesTo(before);
        await platform.StartOperatorAsync();

        foreach (var app in apps)
        {
            await app.UntilReadyAsync();
        }

        await stranger.UntilStalledAsync(Reasons.RepositoryConflict);
        await stranger.DeleteAsync();
        (await ReadAsync(apps)).Should().BeEquivalentTo(before);
        WritesTo(before).Should().Equal(writes, "nothing is written to GitHub");
    }

    // The operator does not run, so nothing carries the finalizers out.
    private async Task ForgetAsync(TestApp app)
    {
        foreach (var kind in new[] { Kinds.Environment, Kinds.BackendApp })
        {
            foreach (var item in await platform.ListAsync(kind, app.Team))
            {
                var name = item.TextAt("metadata", "name")!;
                var plural = $"{kind.Plural}.{kind.Group}";
                await platform.KubectlAsync("patch", plural, name, "-n", app.Team, "--type=merge", "-p", """{"metadata":{"finalizers":null}}""");
                await platform.TryKubectlAsync("delete", plural, name, "-n", app.Team, "--ignore-not-found");
                await platform.Watching.UntilGoneAsync(kind, app.Team, name);
            }
        }
    }

    private async Task ApplyWithoutStatusAsync(JsonObject exported)
    {
        var metadata = exported["metadata"]!;
        var manifest = new JsonObject
        {
            ["apiVersion"] = Kinds.BackendApp.ApiVersion,
            ["kind"] = Kinds.BackendApp.Kind,
            ["metadata"] = new JsonObject { ["name"] = metadata["name"]!.DeepClone(), ["namespace"] = metadata["namespace"]!.DeepClone() },
            ["spec"] = exported["spec"]!.DeepClone(),
        };
        await platform.Sandbox.ApplyAsync(manifest, CancellationToken.None);
    }

    /// <summary>The repositories' numbers, as status has them, and what GitHub has of each.</summary>
    private async Task<Dictionary<long, string>> ReadAsync(IEnumerable<TestApp> apps)
    {
        Dictionary<long, string> found = [];
        foreach (var app in apps)
        {
            var status = await app.GetAsync();
            foreach (var part in new[] { "repository", "deploymentRepository" }.Where(part => status.At("status", part) is not null))
            {
                var name = status.TextAt("status", part, "name")!;
                found[status.NumberAt(0, "status", part, "id")] =
                    $"{(await platform.GitHub.FindAsync(name))!.ToJsonString()} {string.Join(' ', await platform.GitHub.CommitsAsync(name))}";
            }
        }

        return found;
    }

    // A clone is a POST as well, and reads.
    private IReadOnlyList<string> WritesTo(Dictionary<long, string> repositories)
    {
        string[] names = ["/kept", "/parted", "orgs/acme/repos", .. repositories.Keys.Select(id => $"/repositories/{id}")];
        return [.. platform.GitHub.Log().Where(line =>
            !line.Contains(" GET ", StringComparison.Ordinal) && !line.Contains("git-upload-pack", StringComparison.Ordinal) && names.Any(name => line.Contains(name, StringComparison.Ordinal)))];
    }
}
