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
    [InlineData(false, "Shop", "a", true)]
    public async Task WhatAReconcileWrites_DoesNotBringItselfBack(bool own, string controller, string reconciled, bool isTold)
    {
        new ReconcileScope(controller, Key(reconciled)).Enter();

        Trigger("Shop").On(new StoreChange(null, Widget("child", 1, labels: [("app", "a")])) { Own = own });

        (await TakeAllAsync()).Should().HaveCount(isTold ? 1 : 0);
    }

    [Fact]
    public async Task ItsOwnObject_BringsItBack_BecauseAUserMayHaveEditedItMeanwhile()
    {
        new ReconcileScope("Shop", Key("a")).Enter();

        Trigger(writer: null).On(new StoreChange(null, Widget("child", 1, labels: [("app", "a")])) { Own = true });

        (await TakeAllAsync()).Should().ContainSingle();
    }

    private Trigger Trigger(string? writer = null) => new(
        item => [Key(item.Metadata.Labels.GetValueOrDefault("app", "none"))],
        Predicates.DesiredState,
        _queue,
        NullLogger.Instance,
        writer);

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
