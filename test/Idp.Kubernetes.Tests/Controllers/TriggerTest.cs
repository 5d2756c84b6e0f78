using System.Text.Json.Nodes;
using Idp.Kubernetes.Cache;
using Idp.Kubernetes.Controllers;
using Idp.Kubernetes.Model;
using Idp.Kubernetes.Queue;
using Microsoft.Extensions.Logging.Abstractions;
using static Idp.Kubernetes.Tests.Cache.Objects;

namespace Idp.Kubernetes.Tests.Controllers;

public sealed class TriggerTest : IDisposable
{
    private readonly WorkQueue<ObjectKey> _queue = new(new ManualTime());
    private readonly RunningReconciles _running = new("Shop");

    public void Dispose() => _queue.Dispose();

    [Fact]
    public async Task ChangedLabel_TriggersBothOwners()
    {
        Trigger().On(new StoreChange(Widget("a", 1, labels: [("app", "old")]), Widget("a", 2, labels: [("app", "new")])));

        (await TakeAllAsync()).Select(item => item.Key.Name).Should().BeEquivalentTo("old", "new");
    }

    [Fact]
    public async Task InitialList_IsOfLowPriority_AndAUsersChangeOfHigh()
    {
        var trigger = Trigger();
        trigger.On(new StoreChange(null, Widget("a", 1, labels: [("app", "listed")]), Initial: true));
        trigger.On(new StoreChange(null, Widget("b", 2, labels: [("app", "made")])));

        (await TakeAllAsync()).Select(item => (item.Key.Name, item.Priority)).Should()
            .Equal(("made", QueuePriority.High), ("listed", QueuePriority.Low));
    }

    [Fact]
    public async Task ChangeThatDoesNotCount_IsCountedAndLeft()
    {
        var trigger = Trigger();

        trigger.On(new StoreChange(Widget("a", 1), Widget("a", 2)));

        (await TakeAllAsync()).Should().BeEmpty();
        trigger.Ignored.Should().Be(1);
    }

    [Fact]
    public async Task MapThatThrows_CostsOneChange_NotTheWatch()
    {
        var trigger = new Trigger(
            item => item.Key.Name == "bad" ? throw new InvalidOperationException() : [item.Key],
            Predicates.AnyChange,
            _queue,
            NullLogger.Instance);

        trigger.On(new StoreChange(null, Widget("bad", 1)));
        trigger.On(new StoreChange(null, Widget("good", 2)));

        (await TakeAllAsync()).Should().ContainSingle().Which.Key.Name.Should().Be("good");
    }

    [Theory]
    [InlineData(true, "Shop", "a", false)]
    [InlineData(true, "Shop", "other", true)]
    [InlineData(true, "Other", "a", true)]
    public async Task WhatAReconcileWrites_DoesNotBringItselfBack(bool own, string controller, string reconciled, bool isTold)
    {
        new ReconcileScope(controller, Key(reconciled), 0).Enter();

        Trigger(_running).On(new StoreChange(null, Widget("child", 1, labels: [("app", "a")])) { Own = own });

        (await TakeAllAsync()).Should().HaveCount(isTold ? 1 : 0);
    }

    [Theory]
    [InlineData(1, null)]
    [InlineData(2, QueuePriority.Normal)]
    public async Task ChangeThatComesMeanwhile_IsHeld_UntilItIsKnownWhoseItWas(int version, QueuePriority? urgency)
    {
        var scope = _running.Begin(Key("a"), 0);

        Trigger(_running).On(new StoreChange(null, Widget("child", version, labels: [("app", "a")])));
        await WriteAsync(scope, Widget("child", 1, labels: [("app", "a")]));

        (await TakeAllAsync()).Should().BeEmpty();
        _running.End(scope).Should().Be(urgency);
    }

    [Fact]
    public async Task DeletionThatComesMeanwhile_IsNeverItsOwn()
    {
        _running.Begin(Key("a"), 0);

        Trigger(_running).On(new StoreChange(Widget("child", 1, labels: [("app", "a")]), null));

        (await TakeAllAsync()).Should().ContainSingle();
    }

    [Fact]
    public async Task ChangeAfterTheEnd_IsNotHeld()
    {
        _running.End(_running.Begin(Key("a"), 0));

        Trigger(_running).On(new StoreChange(null, Widget("child", 1, labels: [("app", "a")])));

        (await TakeAllAsync()).Should().ContainSingle();
    }

    [Fact]
    public async Task ItsOwnObject_BringsItBack_BecauseAUserMayHaveEditedItMeanwhile()
    {
        new ReconcileScope("Shop", Key("a"), 0).Enter();

        Trigger().On(new StoreChange(null, Widget("child", 1, labels: [("app", "a")])) { Own = true });

        (await TakeAllAsync()).Should().ContainSingle();
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task FinalizersOnItsOwnObject_AreNews_OnlyFromOthers(bool own, bool isTold)
    {
        var before = Widget("child", 1, labels: [("app", "a")]);
        var after = Widget("child", 2, labels: [("app", "a")], change: json => json["metadata"]!["finalizers"] = new JsonArray("idp.dev/a"));

        Trigger().On(new StoreChange(before, after) { Own = own });

        (await TakeAllAsync()).Should().HaveCount(isTold ? 1 : 0);
    }

    private static Task WriteAsync(ReconcileScope scope, KubeObject written) => Task.Run(() =>
    {
        scope.Enter();
        OwnWrites.Current!.Add(written);
    });

    private Trigger Trigger(RunningReconciles? running = null) => new(
        item => [Key(item.Metadata.Labels.GetValueOrDefault("app", "none"))],
        Predicates.DesiredState,
        _queue,
        NullLogger.Instance,
        running);

    private async Task<List<WorkItem<ObjectKey>>> TakeAllAsync()
    {
        List<WorkItem<ObjectKey>> items = [];
        while (_queue.ReadyCount > 0)
        {
            items.Add((await _queue.TakeAsync(CancellationToken.None))!);
        }

        return items;
    }
}
