using System.Globalization;
using System.Text.RegularExpressions;
using Idp.Entities;
using Idp.Sandbox.World;

namespace Idp.EndToEnd.Tests.Operations;

/// <summary>An unchanged world costs nothing.</summary>
/// <remarks>
/// Counted by the servers, not by the operator. Whose request it was they do not say, so the stand-ins' writes
/// count as well; the leader's lease, which is renewed every two seconds, is the only write that does not.
/// <c>IDP_IDLE_SECONDS=300</c> watches for so long.
/// </remarks>
[Collection(QuietWorld.Name)]
public sealed partial class IdleTest(Platform platform, IdleTest.Twenty twenty) : IClassFixture<IdleTest.Twenty>
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(
        int.TryParse(Environment.GetEnvironmentVariable("IDP_IDLE_SECONDS"), out var asked) ? asked : 20);

    [Fact]
    public async Task TwentyConvergedApplicationsCauseNoWriteAtAll()
    {
        await LookAtEverythingAsync();
        await UntilStillAsync();
        platform.Sandbox.GitHub.Requests.Reset();
        var before = await platform.Sandbox.Metrics.ReadWritesAsync(CancellationToken.None);

        await MeasureAsync(Window);

        var after = await platform.Sandbox.Metrics.ReadWritesAsync(CancellationToken.None);
        before.Should().ContainKey("applications.argoproj.io", "the server does count writes");
        ApiServerMetrics.Difference(before, after).Should().BeEmpty("nothing changed");
        platform.Sandbox.GitHub.Requests.Writes.Should().Be(0);
        platform.Sandbox.GitHub.Requests.Total.Should().Be(
            0, $"a repository in order is not even looked at within minutes; asked was {string.Join(", ", platform.Sandbox.GitHub.Requests.ByOperation())}");
        await ExpectReadyAsync();
    }

    [Fact]
    public async Task AnOperatorThatIsStartedAgainLooksAtEverythingAndWritesNothing()
    {
        await UntilStillAsync();
        platform.Sandbox.GitHub.Requests.Reset();
        var before = await platform.Sandbox.Metrics.ReadWritesAsync(CancellationToken.None);

        await platform.Operator.StopAsync(CancellationToken.None);
        await platform.StartOperatorAsync();
        await platform.Watching.UntilAsync(
            "everything to be looked at", async () => await ReconcilesAsync() >= twenty.Objects, TimeSpan.FromMilliseconds(200));
        await UntilStillAsync();

        var after = await platform.Sandbox.Metrics.ReadWritesAsync(CancellationToken.None);
        ApiServerMetrics.Difference(before, after).Should().BeEmpty("everything is as it should be");
        platform.Sandbox.GitHub.Requests.Writes.Should().Be(0);
        await ExpectReadyAsync();
    }

    // After a start the looks at GitHub are spread over ten minutes; one that was just made serves for all of them. Others live in this world too.
    private async Task LookAtEverythingAsync()
    {
        var token = Guid.NewGuid().ToString("N");
        foreach (var item in await platform.ListAsync(Kinds.BackendApp))
        {
            var app = new TestApp(platform, item.TextAt("metadata", "namespace")!, item.TextAt("metadata", "name")!);
            await app.AnnotateAsync(Annotations.ReconcileRequestedAt, token);
            await app.UntilAsync("looked at", item => item.TextAt("status", "lastHandledReconcileAt") == token);
        }
    }

    private async Task ExpectReadyAsync()
    {
        foreach (var app in twenty.Apps)
        {
            (await app.GetAsync()).Is(Conditions.Ready).Should().BeTrue();
        }
    }

    private async Task<double> ReconcilesAsync() => Reconciles()
        .Matches(await platform.ReadOperatorAsync("metrics"))
        .Sum(match => double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture));

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

    [GeneratedRegex("""^kubernetes_reconciles_total\{[^}]*outcome="Success"[^}]*\} (\S+)""", RegexOptions.Multiline)]
    private static partial Regex Reconciles();

    /// <summary>Twenty applications that are ready: half of them with everything, half with two environments.</summary>
    public sealed class Twenty(Platform platform) : IAsyncLifetime
    {
        private const int Count = 20;

        internal IReadOnlyList<TestApp> Apps { get; private set; } = [];

        /// <summary>How many objects of our kinds there are.</summary>
        internal int Objects { get; private set; }

        public async Task InitializeAsync()
        {
            var team = await platform.NewTeamAsync("idle");
            Apps = [.. Enumerable.Range(1, Count).Select(number => new TestApp(platform, team, $"idle-{number}"))];
            for (var index = 0; index < Apps.Count; index++)
            {
                await Apps[index].ApplyAsync(index % 2 == 0 ? Specs.Everything(team) : Specs.Empty);
            }

            foreach (var app in Apps)
            {
                await app.UntilReadyAsync();
            }

            Objects = Apps.Count + (await platform.ListAsync(Kinds.Environment, team)).Count;
        }

        public Task DisposeAsync() => Task.CompletedTask;
    }
}
