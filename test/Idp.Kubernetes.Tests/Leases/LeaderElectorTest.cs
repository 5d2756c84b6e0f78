using System.Text.Json.Nodes;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Leases;
using Idp.Kubernetes.Model;
using Idp.Kubernetes.Tests.Client;
using Idp.Kubernetes.Tests.ControlPlane;
using Microsoft.Extensions.Logging.Abstractions;

namespace Idp.Kubernetes.Tests.Leases;

/// <summary>D10 and R16: one leads, and who does not lead does nothing. Real lease, manual time.</summary>
[Collection(ControlPlaneCollection.Name)]
public sealed class LeaderElectorTest(ControlPlaneFixture controlPlane)
{
    private static readonly CancellationToken Never = CancellationToken.None;

    // Who waits looks again within so long, by LeaderElectionSettings.PollPeriod and its jitter; nothing else of an elector is due as soon.
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(600);
    private readonly ManualTime _time = new();

    [Fact]
    public async Task FirstOne_Leads_AndTheLeaseSaysSo()
    {
        var settings = await NewSettingsAsync("a");

        await using var leadership = await Elector(settings).AcquireAsync(Never);

        leadership.LeaderToken.IsCancellationRequested.Should().BeFalse();
        var spec = await SpecAsync(settings);
        ((string?)spec["holderIdentity"]).Should().Be("a");
        ((int?)spec["leaseDurationSeconds"]).Should().Be(15);
        ((int?)spec["leaseTransitions"]).Should().Be(0);
    }

    [Fact]
    public async Task LeaderRenews_EveryTwoSeconds()
    {
        var settings = await NewSettingsAsync("a");
        await using var leadership = await Elector(settings).AcquireAsync(Never);
        var before = (string?)(await SpecAsync(settings))["renewTime"];

        Step(2);
        await _time.TimerWithinAsync(TimeSpan.FromSeconds(2));

        ((string?)(await SpecAsync(settings))["renewTime"]).Should().NotBe(before);
        leadership.LeaderToken.IsCancellationRequested.Should().BeFalse();
    }

    [Fact]
    public async Task ReleasedLease_IsTakenAtTheNextTry_AndCounted()
    {
        var settings = await NewSettingsAsync("a");
        var first = await Elector(settings).AcquireAsync(Never);
        var waiting = Elector(settings with { Identity = "b" }).AcquireAsync(Never);
        await _time.TimerWithinAsync(Poll);

        await first.DisposeAsync();
        var released = await SpecAsync(settings);
        await StepUntilAsync(waiting);
        await using var second = await waiting;

        ((string?)released["holderIdentity"]).Should().BeEmpty();
        ((int?)released["leaseDurationSeconds"]).Should().Be(1);
        first.LeaderToken.IsCancellationRequested.Should().BeTrue();
        ((string?)(await SpecAsync(settings))["holderIdentity"]).Should().Be("b");
        ((int?)(await SpecAsync(settings))["leaseTransitions"]).Should().Be(1);
    }

    /// <summary>R16: the renewal under way ends at the deadline, nothing renews for one that no longer leads.</summary>
    [Fact]
    public async Task LeaderThatCannotRenew_StopsAtTheDeadline_BeforeAnotherTakesOver()
    {
        var settings = await NewSettingsAsync("a");
        var renewals = new List<Task>();
        var cut = false;
        var first = await Elector(settings, (_, cancellationToken) => Volatile.Read(ref cut) ? Hang(renewals, cancellationToken) : Through()).AcquireAsync(Never);
        var waiting = Elector(settings with { Identity = "b" }).AcquireAsync(Never);
        await _time.TimerWithinAsync(Poll);
        Volatile.Write(ref cut, true);

        Step(2);
        await UntilAsync(() => renewals.Count == 1);
        Step(7.9);
        var beforeDeadline = first.LeaderToken.IsCancellationRequested;
        Step(0.1);
        await UntilAsync(() => first.LeaderToken.IsCancellationRequested);
        var takenAtDeadline = waiting.IsCompleted;
        await StepUntilAsync(waiting);

        beforeDeadline.Should().BeFalse();
        takenAtDeadline.Should().BeFalse("the lease runs five seconds longer than its holder leads");
        renewals.Should().ContainSingle().Which.IsCanceled.Should().BeTrue();
        await using var second = await waiting;
        await first.DisposeAsync();
        ((string?)(await SpecAsync(settings))["holderIdentity"]).Should().Be("b", "the first one left the lease alone");
    }

    [Fact]
    public async Task LeaderThatSeesAnother_StopsAtOnce()
    {
        var settings = await NewSettingsAsync("a");
        await using var leadership = await Elector(settings).AcquireAsync(Never);
        await controlPlane.Client.PatchAsync(
            WellKnownKinds.Lease, new ObjectKey(settings.Namespace, settings.Name), new JsonPatch().Replace("/spec/holderIdentity", "b"), Never);

        Step(2);

        await UntilAsync(() => leadership.LeaderToken.IsCancellationRequested);
    }

    [Fact]
    public async Task ClockOfAnotherMachine_DoesNotCount()
    {
        var settings = await NewSettingsAsync("b");
        var lease = LeaseRecord.New(settings with { Identity = "a" }, DateTimeOffset.UnixEpoch);
        await controlPlane.Client.CreateAsync(WellKnownKinds.Lease, lease, Never);

        var waiting = Elector(settings).AcquireAsync(Never);
        await _time.TimerWithinAsync(Poll);

        waiting.IsCompleted.Should().BeFalse("a lease of 1970 by its own words may be alive: we have seen it for a moment only");
        await StepUntilAsync(waiting);
        await (await waiting).DisposeAsync();
    }

    [Fact]
    public async Task OfManyThatAskAtOnce_OneLeads()
    {
        var settings = await NewSettingsAsync("x");
        using var stop = new CancellationTokenSource();

        var asking = Enumerable.Range(0, 8).Select(index => Elector(settings with { Identity = $"e{index}" }).AcquireAsync(stop.Token)).ToList();
        var winner = await await Task.WhenAny(asking);
        await _time.TimerWithinAsync(Poll, count: 7);

        asking.Count(task => task.IsCompletedSuccessfully).Should().Be(1);
        await stop.CancelAsync();
        await winner.DisposeAsync();
        await asking.Awaiting(tasks => Task.WhenAll(tasks)).Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task WhatElseIsInTheLease_Stays()
    {
        var settings = await NewSettingsAsync("a");
        var lease = LeaseRecord.New(settings with { Identity = "" }, DateTimeOffset.UnixEpoch);
        lease["metadata"]!["annotations"] = new JsonObject { ["theirs"] = "kept" };
        await controlPlane.Client.CreateAsync(WellKnownKinds.Lease, lease, Never);

        await using var leadership = await Elector(settings).AcquireAsync(Never);

        var live = await controlPlane.Client.GetAsync(WellKnownKinds.Lease, new ObjectKey(settings.Namespace, settings.Name), Never);
        live.Metadata.Annotations.Should().ContainKey("theirs");
    }

    [Fact]
    public void TimesThatDoNotFit_AreRefused()
    {
        var settings = new LeaderElectionSettings { Namespace = "x", Name = "y", Identity = "z", RenewDeadline = TimeSpan.FromSeconds(15) };

        FluentActions.Invoking(() => Elector(settings)).Should().Throw<ArgumentException>();
    }

    private static Task<HttpResponseMessage?> Through() => Task.FromResult<HttpResponseMessage?>(null);

    private static Task<HttpResponseMessage?> Hang(List<Task> hanging, CancellationToken cancellationToken)
    {
        var never = new TaskCompletionSource<HttpResponseMessage?>(TaskCreationOptions.RunContinuationsAsynchronously);
        cancellationToken.Register(() => never.TrySetCanceled(cancellationToken));
        lock (hanging)
        {
            hanging.Add(never.Task);
        }

        return never.Task;
    }

    // The elector talks to a real server in between, so a state is waited for, not counted on.
    private static async Task UntilAsync(Func<bool> holds)
    {
        using var patience = new CancellationTokenSource(ManualTime.Patience);
        while (!holds())
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private void Step(double seconds) => _time.Advance(TimeSpan.FromSeconds(seconds));

    private async Task StepUntilAsync(Task task)
    {
        for (var step = 0; step < 20 && !task.IsCompleted; step++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(task, _time.TimerWithinAsync(TimeSpan.FromSeconds(3)));
        }

        await task.WaitAsync(ManualTime.Patience);
    }

    private async Task<LeaderElectionSettings> NewSettingsAsync(string identity) => new()
    {
        Namespace = await controlPlane.NewNamespaceAsync(),
        Name = "operator",
        Identity = identity,
    };

    private LeaderElector Elector(
        LeaderElectionSettings settings,
        Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage?>>? script = null)
    {
        var client = KubeClient.Create(controlPlane.Config, [new Intercept(script ?? ((_, _) => Through()))]);
        return new LeaderElector(client, settings, _time, NullLogger<LeaderElector>.Instance);
    }

    private async Task<JsonObject> SpecAsync(LeaderElectionSettings settings)
    {
        var live = await controlPlane.Client.GetAsync(WellKnownKinds.Lease, new ObjectKey(settings.Namespace, settings.Name), Never);
        return live.ToJson()["spec"]!.AsObject();
    }
}
