using Idp.Kubernetes.Model;

namespace Idp.EndToEnd.Tests.Operations;

/// <summary>Events tell what changed, once, and nothing of reconciles that changed nothing.</summary>
[Collection(SharedWorld.Name)]
public sealed class EventsTest(Platform platform)
{
    [Fact]
    public async Task TheEventsOfAConvergenceTellItsStoryAndNoOpsTellNothing()
    {
        var app = await platform.NewAppAsync("told");
        await app.MakeAsync(Specs.Everything(app.Team));
        await platform.Watching.UntilAsync(
            "the story to be told to its end", async () => (await ReasonsAsync(app, app.Name)).Contains("Ready"), TimeSpan.FromMilliseconds(100));
        await platform.Watching.UntilAsync(
            "the environment's too", async () => (await ReasonsAsync(app, app.In("staging"))).Contains("Ready"), TimeSpan.FromMilliseconds(100));

        var story = await ReasonsAsync(app, app.Name);
        var environment = await ReasonsAsync(app, app.In("staging"));
        for (var times = 0; times < 5; times++)
        {
            await app.ReconcileAsync();
        }

        // An event of another application, made after all of those, is sent after all of those.
        var last = await platform.NewAppAsync("told-later");
        await last.ApplyAsync("repository: {owner: umbrella}");
        await platform.Watching.UntilAsync(
            "a later event", async () => (await ReasonsAsync(last, last.Name)).Contains("NotGranted"), TimeSpan.FromMilliseconds(100));

        story.Should().BeEquivalentTo(["Ready"], "events are for people, and no trouble is no news");
        environment.Should().BeEquivalentTo(["Ready"]);
        (await ReasonsAsync(app, app.Name)).Should().BeEquivalentTo(story, "nothing changed, so nothing is told");
        (await ReasonsAsync(app, app.In("staging"))).Should().BeEquivalentTo(environment);
    }

    [Fact]
    public async Task KubectlDescribeShowsTheEvents()
    {
        var app = await platform.ShowcaseAsync();

        var description = await platform.KubectlAsync("describe", "backendapp", app.Name, "-n", app.Team);

        description.Should().Contain("Events:").And.Contain("Ready").And.Contain("idp-operator");
    }

    [Fact]
    public async Task NoEventSaysThatAnOwnerIsInAnotherNamespace()
    {
        await platform.ShowcaseAsync();

        var events = await platform.ListAsync(WellKnownKinds.Event);

        events.Select(item => item.TextAt("reason")).Should().NotBeEmpty().And.NotContain("OwnerRefInvalidNamespace");
    }

    private async Task<IReadOnlyList<string>> ReasonsAsync(TestApp app, string name)
    {
        var events = await platform.ListAsync(WellKnownKinds.Event, app.Team);
        return [.. events
            .Where(item => item.TextAt("regarding", "name") == name)
            .Select(item => item.TextAt("reason") ?? "")];
    }
}
