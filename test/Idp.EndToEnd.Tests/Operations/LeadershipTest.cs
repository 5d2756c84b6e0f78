using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;
using Xunit.Abstractions;

namespace Idp.EndToEnd.Tests.Operations;

/// <summary>Of two operators one acts, and when it goes, in whatever way, the other goes on within the time that is promised.</summary>
/// <remarks>
/// Each has proxies of its own, by whose logs is judged: whatever the old one sent to the API server or to GitHub came
/// before the first that the new one sent. These are processes, so the times are real.
/// </remarks>
[Collection(CrashingWorld.Name)]
public sealed class LeadershipTest(Platform platform, ITestOutputHelper output) : IAsyncLifetime
{
    private const int Middle = 15;
    private static readonly ObjectKey Lease = new("idp-system", "idp-operator");
    private static readonly TimeSpan LeaseDuration = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan AfterCrash = LeaseDuration + TimeSpan.FromSeconds(2);
    private static readonly TimeSpan AfterCleanExit = TimeSpan.FromSeconds(3);

    // It begins with the lead, for the caches are filled. A debug build compiles it as it goes: milliseconds, or seconds beside busy neighbours.
    private static readonly TimeSpan FirstReconcile = TimeSpan.FromSeconds(10);

    private readonly List<Replica> _replicas = [];

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var replica in _replicas)
        {
            await replica.DisposeAsync();
        }
    }

    [Fact]
    public async Task OneOfTwoActsAndTheOtherTakesOverWhenItIsTold()
    {
        var (leader, follower) = await StartTwoAsync("idle");
        var app = await platform.NewAppAsync("led");

        await app.MakeAsync(Specs.Everything(app.Team));

        (await leader.LeadsAsync()).Should().BeTrue();
        (await follower.LeadsAsync()).Should().BeFalse();
        (await leader.ReconcilesAsync()).Should().BePositive();
        (await follower.ReconcilesAsync()).Should().Be(0, "only the leader acts");
        follower.Writes.Should().BeEmpty();

        var at = DateTimeOffset.UtcNow;
        (await leader.Process.StopAsync(CancellationToken.None)).Should().Be(0, "SIGTERM is a clean end");
        await SpoilAsync(app);

        await ExpectTakeOverAsync(leader, follower, at, AfterCleanExit);
        await ExpectWorldAsync([app]);
        ExpectOneAtATime(leader, follower);
    }

    [Fact]
    public async Task LeaderThatIsToldToStopInTheMiddleOfItsWorkEndsWhatItHasBegunAndHandsOver()
    {
        var (leader, follower) = await StartTwoAsync("term");
        var apps = await BeginAsync("handed-over");
        var stopping = Task.FromResult(-1);

        await leader.InTheMiddleAsync(Middle, () =>
        {
            stopping = leader.Process.StopAsync(CancellationToken.None);
            return Task.CompletedTask;
        });
        (await stopping).Should().Be(0, "SIGTERM is a clean end");

        await ExpectTakeOverAsync(leader, follower, leader.GaveUpAt, AfterCleanExit);
        await ExpectWorldAsync(apps);
        ExpectOneAtATime(leader, follower);
    }

    [Fact]
    public async Task WhenTheLeaderIsKilledTheOtherTakesOverOnceItsLeaseHasRunOut()
    {
        var (leader, follower) = await StartTwoAsync("kill");
        var apps = await BeginAsync("orphaned");

        var at = await leader.InTheMiddleAsync(Middle, () => leader.Process.KillAsync(CancellationToken.None));

        var took = await ExpectTakeOverAsync(leader, follower, at, AfterCrash);
        took.Should().BeGreaterThan(TimeSpan.FromSeconds(10), "a leader that may still live is not pushed aside");
        await ExpectWorldAsync(apps);
        ExpectOneAtATime(leader, follower);
    }

    [Fact]
    public async Task LeaderThatWasFrozenDoesNothingMoreWhenItWakes()
    {
        var (leader, follower) = await StartTwoAsync("frozen");
        var apps = await BeginAsync("asleep");

        var at = await leader.InTheMiddleAsync(Middle, () => leader.Process.FreezeAsync(CancellationToken.None));

        await ExpectTakeOverAsync(leader, follower, at, AfterCrash);
        await leader.Process.ThawAsync(CancellationToken.None);
        await leader.UntilItWaitsAsync();
        await ExpectWorldAsync(apps);
        (await leader.LeadsAsync()).Should().BeFalse();
        ExpectOneAtATime(leader, follower);
    }

    [Fact]
    public async Task LeaderThatIsCutOffDoesNothingMoreWhenTheNetworkIsBack()
    {
        var (leader, follower) = await StartTwoAsync("parted");
        var apps = await BeginAsync("cut-off");

        var at = await leader.InTheMiddleAsync(Middle, () =>
        {
            leader.ApiServer.Partition();
            return Task.CompletedTask;
        });

        await ExpectTakeOverAsync(leader, follower, at, AfterCrash);
        leader.ApiServer.Heal();
        await leader.UntilItWaitsAsync();
        await ExpectWorldAsync(apps);
        (await leader.LeadsAsync()).Should().BeFalse();
        ExpectOneAtATime(leader, follower);
    }

    /// <summary>Ends the operator that runs, and starts two: the first is known to lead.</summary>
    private async Task<(Replica Leader, Replica Follower)> StartTwoAsync(string suffix)
    {
        await platform.Operator.StopAsync(CancellationToken.None);
        var leader = await StartAsync($"leader-{suffix}");
        await platform.Watching.UntilAsync(
            WellKnownKinds.Lease, Lease.Namespace, Lease.Name, $"held by {leader.Name}",
            lease => lease.TextAt("spec", "holderIdentity") == leader.Name);
        var follower = await StartAsync($"follower-{suffix}");
        await follower.UntilItWaitsAsync();
        return (leader, follower);
    }

    private async Task<Replica> StartAsync(string name)
    {
        var replica = await platform.StartReplicaAsync(name);
        _replicas.Add(replica);
        return replica;
    }

    /// <summary>Gives so much to do that nobody is through with it in the middle.</summary>
    private async Task<IReadOnlyList<TestApp>> BeginAsync(string name)
    {
        List<TestApp> apps = [];
        foreach (var number in Enumerable.Range(1, 3))
        {
            var app = await platform.NewAppAsync($"{name}-{number}");
            await app.ApplyAsync(Specs.Everything(app.Team));
            apps.Add(app);
        }

        return apps;
    }

    private async Task<TimeSpan> ExpectTakeOverAsync(Replica old, Replica next, DateTimeOffset at, TimeSpan within)
    {
        var (leads, acts) = await next.UntilItActsAsync();
        var took = leads - at;
        output.WriteLine(
            $"{next.Name} led after {took.TotalSeconds:0.00} s and acted after {(acts - at).TotalSeconds:0.00} s; {within.TotalSeconds:0} s are promised.");
        took.Should().BeLessThan(within);
        (acts - leads).Should().BeLessThan(FirstReconcile);
        return took;
    }

    /// <summary>Every application is there as if nothing had happened, and what is spoiled is repaired.</summary>
    private async Task ExpectWorldAsync(IReadOnlyList<TestApp> apps)
    {
        foreach (var app in apps)
        {
            await app.UntilReadyAsync();
            (await platform.GitHub.CommitsAsync(app.Name)).Should().ContainSingle();
            (await app.ChildrenAsync()).Should().BeEquivalentTo(app.EverythingIn("staging"));
        }

        await SpoilAsync(apps[0]);
        await platform.Watching.UntilAsync(
            WellKnownKinds.ResourceQuota, apps[0].In("staging"), "idp-quota", "restored", quota => quota.TextAt("spec", "hard", "pods") == "50");
    }

    private Task<KubeObject> SpoilAsync(TestApp app) => platform.Client.PatchAsync(
        WellKnownKinds.ResourceQuota,
        new ObjectKey(app.In("staging"), "idp-quota"),
        new JsonPatch().Replace("/spec/hard/pods", "7"),
        CancellationToken.None);

    private static void ExpectOneAtATime(Replica old, Replica next)
    {
        old.Writes.Should().OnlyContain(write => write.UserAgent.EndsWith($"({old.Name})"), "every write says whose it is");
        next.Writes.Should().OnlyContain(write => write.UserAgent.EndsWith($"({next.Name})"));
        next.GitHub.Requests.Concat(old.GitHub.Requests).Should().Contain(request => request.IsWrite, "GitHub is a part of the work");
        old.Writes.Where(write => write.Time >= next.Writes[0].Time).Select(write => $"{write.Time:O} {write}").Should().BeEmpty(
            $"{next.Name} began at {next.Writes[0].Time:O} with {next.Writes[0]}");
    }
}
