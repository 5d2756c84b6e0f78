using Idp.Entities;

namespace Idp.EndToEnd.Tests.Safety;

/// <summary>Who may push to another team's repository, or describe it, does not come to own it.</summary>
[Collection(SharedWorld.OfSafety)]
public sealed class TakeoverTest(Platform platform)
{
    [Fact]
    public async Task ACommitToAnotherTeamsRepositoryOpensNothingAndDeletesNothing()
    {
        var victim = await platform.NewAppAsync("coveted");
        await victim.MakeAsync(Specs.Small);
        var evil = new TestApp(platform, await platform.NewTeamAsync("coveting"), "evil");
        await evil.ApplyAsync("""
            repository: {name: coveted, visibility: Public, deletionPolicy: Delete}
            environments: [{name: staging}]
            """);
        await evil.UntilStalledAsync(Reasons.RepositoryConflict);

        await ForgeMarkerAsync("coveted", evil, (await evil.GetAsync()).TextAt("metadata", "uid")!);
        var before = (await platform.GitHub.FindAsync("coveted"))!.ToJsonString();
        await evil.ReconcileAsync();

        (await platform.GitHub.FindAsync("coveted")).FlagAt(false, "private").Should().BeTrue("a commit must not make another team's repository public");
        (await evil.UntilStalledAsync(Reasons.RepositoryConflict)).Should().Contain("acme/coveted").And.Contain("spec.repository.name");
        (await evil.ChildrenAsync()).Should().BeEmpty();

        await evil.AnnotateAsync(Annotations.ConfirmDelete, "coveted");
        await evil.DeleteAsync();
        await victim.ReconcileAsync();

        (await platform.GitHub.FindAsync("coveted"))?.ToJsonString().Should().Be(before, "nothing of it was written, nor is it gone");
        (await victim.GetAsync()).Is(Conditions.Ready).Should().BeTrue();
    }

    /// <summary>Pushes a marker that names somebody else, with all that it said before kept.</summary>
    private async Task ForgeMarkerAsync(string repository, TestApp owner, string uid)
    {
        var folder = await platform.GitHub.CloneAsync(repository);
        var path = Path.Combine(folder, ".idp", "repository.json");
        var marker = JsonNode.Parse(await File.ReadAllTextAsync(path))!.AsObject();
        marker["ownerUid"] = uid;
        marker["owner"] = $"{owner.Team}/{owner.Name}";
        await File.WriteAllTextAsync(path, marker.ToJsonString());
        await platform.GitHub.PushAsync(folder, "Tidy up");
    }
}
