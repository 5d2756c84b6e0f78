using Idp.Sandbox.World;

namespace Idp.EndToEnd.Tests.Operations;

/// <summary>An unchanged world costs nothing.</summary>
[Collection(QuietWorld.Name)]
public sealed class IdleTest(Platform platform)
{
    private const int Count = 20;
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(60);

    /// <remarks>
    /// Counted by the servers, not by the operator. Whose request it was they do not say, so the stand-ins' writes
    /// count as well; the leader's lease, which is renewed every two seconds, is the only write that does not.
    /// </remarks>
    [Fact]
    public async Task TwentyConvergedApplicationsCauseNoWriteAtAllInAMinute()
    {
        var apps = await MakeAppsAsync();
        await UntilStillAsync();
        platform.Sandbox.GitHub.Requests.Reset();
        var before = await platform.Sandbox.Metrics.ReadWritesAsync(CancellationToken.None);

        await MeasureAsync(Window);

        var after = await platform.Sandbox.Metrics.ReadWritesAsync(CancellationToken.None);
        before.Should().ContainKey("applications.argoproj.io", "the server does count writes");
        ApiServerMetrics.Difference(before, after).Should().BeEmpty("nothing changed");
        platform.Sandbox.GitHub.Requests.Writes.Should().Be(0);
        platform.Sandbox.GitHub.Requests.Total.Should().Be(0, "a repository in order is not even looked at within minutes");
        foreach (var app in apps)
        {
            (await app.GetAsync()).Is(Entities.Conditions.Ready).Should().BeTrue();
        }
    }

    private async Task<IReadOnlyList<TestApp>> MakeAppsAsync()
    {
        var team = await platform.NewTeamAsync("idle");
        var apps = Enumerable.Range(1, Count).Select(number => new TestApp(platform, team, $"idle-{number}")).ToList();
        for (var index = 0; index < apps.Count; index++)
        {
            await apps[index].ApplyAsync(index % 2 == 0 ? Specs.Everything(team) : Specs.Empty);
        }

        foreach (var app in apps)
        {
            await app.UntilReadyAsync();
        }

        return apps;
    }

    // What was begun before the last application was ready, such as its last events, may still be on its way.
    private async Task UntilStillAsync()
    {
        IReadOnlyDictionary<string, long> last = new Dictionary<string, long>();
        await platform.Watching.UntilAsync(
            "the last writes to be done",
            async () =>
            {
                var now = await platform.Sandbox.Metrics.ReadWritesAsync(CancellationToken.None);
                var isStill = ApiServerMetrics.Difference(last, now).Count == 0;
                last = now;
                return isStill;
            },
            every: TimeSpan.FromSeconds(3));
    }

    // The one wait for time itself: that nothing happens shows only by letting it pass.
    private static Task MeasureAsync(TimeSpan window) => Task.Delay(window, TimeProvider.System);
}
