using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;
using Idp.Sandbox.World;

namespace Idp.EndToEnd.Tests.Operations;

/// <summary>Of two operators one acts, and when it goes the other goes on.</summary>
[Collection(CrashingWorld.Name)]
public sealed partial class LeadershipTest(Platform platform)
{
    private static readonly ObjectKey Lease = new("idp-system", "idp-operator");

    [Fact]
    public async Task OneOfTwoOperatorsActsAndTheOtherTakesOverWhenItIsTold()
    {
        var (leader, follower) = await StartTwoAsync("term");
        var app = await platform.NewAppAsync("handed-over");
        await app.MakeAsync(Specs.Everything(app.Team));
        (await LeadsAsync(leader)).Should().BeTrue();
        (await LeadsAsync(follower)).Should().BeFalse();
        (await ReconcilesAsync(leader)).Should().BePositive();
        (await ReconcilesAsync(follower)).Should().Be(0, "only the leader acts");

        var watch = Stopwatch.StartNew();
        (await leader.StopAsync(CancellationToken.None)).Should().Be(0, "SIGTERM is a clean end");
        await UntilHeldByAsync("follower-term");

        watch.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(10), "a lease that is given up need not run out");
        await ExpectWorldGoesOnAsync(app);
        await platform.Watching.UntilAsync(
            "the follower to count its work", async () => await ReconcilesAsync(follower) > 0, TimeSpan.FromMilliseconds(100));
    }

    [Fact]
    public async Task WhenTheLeaderIsKilledTheOtherTakesOverOnceItsLeaseHasRunOut()
    {
        var (leader, _) = await StartTwoAsync("kill");
        var app = await platform.NewAppAsync("orphaned");
        await app.ApplyAsync(Specs.Everything(app.Team));
        await platform.Watching.UntilAsync(WellKnownKinds.Namespace, "", app.In("staging"), "begun", _ => true);

        var watch = Stopwatch.StartNew();
        await leader.KillAsync(CancellationToken.None);
        await UntilHeldByAsync("follower-kill");

        watch.Elapsed.Should().BeGreaterThan(TimeSpan.FromSeconds(5), "a leader that may still live is not pushed aside")
            .And.BeLessThan(TimeSpan.FromSeconds(30), "a lease lasts fifteen seconds");
        await app.UntilReadyAsync();
        await ExpectWorldGoesOnAsync(app);
    }

    /// <summary>Ends the operator that runs, and starts two: the first is known to lead.</summary>
    private async Task<(OperatorProcess Leader, OperatorProcess Follower)> StartTwoAsync(string suffix)
    {
        await platform.Operator.StopAsync(CancellationToken.None);
        var leader = await platform.StartOperatorAsync($"leader-{suffix}");
        await UntilHeldByAsync($"leader-{suffix}");
        return (leader, await platform.StartOperatorAsync($"follower-{suffix}"));
    }

    private Task<JsonObject> UntilHeldByAsync(string identity) => platform.Watching.UntilAsync(
        WellKnownKinds.Lease, Lease.Namespace, Lease.Name, $"held by {identity}",
        lease => lease.TextAt("spec", "holderIdentity") == identity);

    /// <summary>Nothing is doubled, and what is spoiled is repaired.</summary>
    private async Task ExpectWorldGoesOnAsync(TestApp app)
    {
        (await platform.GitHub.CommitsAsync(app.Name)).Should().ContainSingle();
        var key = new ObjectKey(app.In("staging"), "idp-quota");
        await platform.Client.PatchAsync(
            WellKnownKinds.ResourceQuota, key, new JsonPatch().Replace("/spec/hard/pods", "7"), CancellationToken.None);
        await platform.Watching.UntilAsync(
            WellKnownKinds.ResourceQuota, key.Namespace, key.Name, "restored", quota => quota.TextAt("spec", "hard", "pods") == "50");
        await app.UntilReadyAsync();
    }

    private static async Task<bool> LeadsAsync(OperatorProcess process) =>
        Leader().Match(await Platform.ReadAsync(process, "metrics")).Groups[1].Value == "1";

    private static async Task<double> ReconcilesAsync(OperatorProcess process) => Reconciles()
        .Matches(await Platform.ReadAsync(process, "metrics"))
        .Sum(match => double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture));

    [GeneratedRegex(@"^kubernetes_leader(?:\{[^}]*\})? (\S+)", RegexOptions.Multiline)]
    private static partial Regex Leader();

    [GeneratedRegex(@"^kubernetes_reconciles_total\{[^}]*\} (\S+)", RegexOptions.Multiline)]
    private static partial Regex Reconciles();
}
