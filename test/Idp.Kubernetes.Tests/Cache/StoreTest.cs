using Idp.Kubernetes.Cache;
using Idp.Kubernetes.Model;
using static Idp.Kubernetes.Tests.Cache.Objects;

namespace Idp.Kubernetes.Tests.Cache;

public sealed class StoreTest
{
    private readonly Store _store = new(LabelSelector.Parse("app=web"));
    private readonly List<StoreChange> _changes = [];

    public StoreTest() => _store.Subscribe(_changes.Add);

    [Fact]
    public void FirstList_IsTold_AsInitial()
    {
        _store.Replace([Web("a", 1), Web("b", 2)], "10");

        _changes.Should().HaveCount(2).And.OnlyContain(change => change.Initial && change.Before == null);
    }

    [Fact]
    public void Relist_TellsWhatVanished_WhatChanged_AndNothingElse()
    {
        _store.Replace([Web("gone", 1), Web("same", 2), Web("changed", 3), Web("remade", 4)], "10");
        _changes.Clear();

        _store.Replace([Web("same", 2), Web("changed", 13), Web("remade", 14, "other"), Web("new", 15)], "20");

        _changes.Select(change => (change.Before?.Key.Name, change.After?.Key.Name, change.Initial)).Should().BeEquivalentTo(
            new (string?, string?, bool)[]
            {
                ("gone", null, false), ("changed", "changed", false), ("remade", "remade", false), (null, "new", false),
            });
    }

    [Fact]
    public void OldAndDoubleEvents_ChangeNothing()
    {
        _store.Replace([Web("a", 5)], "10");
        _changes.Clear();

        _store.Apply(Modified(Web("a", 4)));
        _store.Apply(Modified(Web("a", 5)));
        _store.Apply(Deleted(Web("never-known", 11)));

        _changes.Should().BeEmpty();
        _store.Dropped.Should().Be(3);
        _store.Find(Key("a"))!.Metadata.ResourceVersion.Should().Be("5");
    }

    [Fact]
    public void Deletion_IsToldOnce()
    {
        _store.Replace([Web("a", 5)], "10");
        _changes.Clear();

        _store.Apply(Deleted(Web("a", 11)));
        _store.Apply(Deleted(Web("a", 11)));

        _changes.Should().ContainSingle().Which.After.Should().BeNull();
    }

    [Fact]
    public void OwnWrite_IsSeenAtOnce_AndItsEventIsNoNews()
    {
        _store.Replace([Web("a", 5)], "10");
        _changes.Clear();

        _store.Observe(Web("a", 12));
        _store.Find(Key("a"))!.Metadata.ResourceVersion.Should().Be("12");
        _store.Apply(Modified(Web("a", 11)));
        _store.Apply(Modified(Web("a", 12)));

        _store.Find(Key("a"))!.Metadata.ResourceVersion.Should().Be("12");
        _changes.Should().ContainSingle("other controllers must hear of the write, once");
    }

    [Fact]
    public void OwnWrite_ThatTheWatchIsPast_DoesNotBringAnObjectBack()
    {
        _store.Replace([Web("a", 5)], "10");
        _store.Apply(Deleted(Web("a", 13)));

        _store.Observe(Web("a", 12));

        _store.Find(Key("a")).Should().BeNull();
    }

    [Fact]
    public void OwnWriteDuringARelist_SurvivesIt()
    {
        _store.Replace([Web("a", 5)], "10");
        _store.BeginList();
        _store.Observe(Web("a", 30));
        _store.Observe(Web("new", 31));

        _store.Replace([Web("a", 5)], "20");

        _store.Find(Key("a"))!.Metadata.ResourceVersion.Should().Be("30");
        _store.Find(Key("new")).Should().NotBeNull();
    }

    [Fact]
    public void ServerThatWasRestoredFromACopy_IsBelieved()
    {
        _store.Replace([Web("a", 500), Web("lost", 600)], "1000");

        _store.BeginList();
        _store.Replace([Web("a", 40)], "50");
        _store.Apply(Modified(Web("a", 51)));

        _store.Find(Key("a"))!.Metadata.ResourceVersion.Should().Be("51");
        _store.Find(Key("lost")).Should().BeNull();
    }

    [Fact]
    public void RecreatedObject_IsNotDroppedByTheOldOnesDeletion()
    {
        _store.Replace([Web("a", 5)], "10");
        _store.Observe(Web("a", 13, "second"));

        _store.Apply(Deleted(Web("a", 12)));

        _store.Find(Key("a"))!.Metadata.Uid.Should().Be("second");
    }

    [Fact]
    public void OwnWrite_OutsideTheSelection_IsNotKept()
    {
        _store.Replace([Web("a", 5)], "10");

        _store.Observe(Widget("foreign", 11));
        _store.Observe(Widget("a", 12));

        _store.Count.Should().Be(0);
    }

    [Fact]
    public void ForgottenObject_Goes_UnlessItIsAnother()
    {
        _store.Replace([Web("a", 5), Web("b", 6, "second")], "10");

        _store.Forget(Key("a"), "uid-a");
        _store.Forget(Key("b"), "first");

        _store.Find(Key("a")).Should().BeNull();
        _store.Find(Key("b")).Should().NotBeNull();
    }

    [Fact]
    public void OwnWriteOutOfTheSelectionDuringARelist_IsNotKept()
    {
        _store.Replace([Web("a", 5)], "10");
        _store.BeginList();
        _store.Observe(Widget("a", 30));

        _store.Replace([Web("a", 5)], "20");

        _store.Count.Should().Be(0);
    }

    [Fact]
    public void ForgottenObject_IsNotBroughtBack_ByWhatIsOlderThanItsEnd()
    {
        _store.Replace([Web("a", 5)], "10");
        _store.Observe(Web("a", 12));
        _store.Forget(Key("a"), "uid-a");

        _store.Apply(Modified(Web("a", 11)));
        _store.Find(Key("a")).Should().BeNull("the event is older than the end of the object");
        _store.Replace([Web("a", 12)], "12");
        _store.Find(Key("a")).Should().BeNull("the list is");
        _store.Apply(Deleted(Web("a", 13)));
        _store.Apply(Added(Web("a", 14, "second")));

        _store.Find(Key("a"))!.Metadata.Uid.Should().Be("second");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Indexes_FollowEveryChange(bool askedBefore)
    {
        _store.Replace([Web("a", 5, team: "x"), Web("b", 6, team: "x"), Web("c", 7, team: "y", inNamespace: "other")], "10");
        if (askedBefore)
        {
            Names(ObjectIndexer.Label("team"), "x").Should().BeEquivalentTo("a", "b");
            Names(ObjectIndexer.Namespace, "default").Should().BeEquivalentTo("a", "b");
        }

        _store.Apply(Modified(Web("a", 11, team: "y")));
        _store.Apply(Deleted(Web("b", 12, team: "x")));

        Names(ObjectIndexer.Label("team"), "x").Should().BeEmpty();
        Names(ObjectIndexer.Label("team"), "y").Should().BeEquivalentTo("a", "c");
        Names(ObjectIndexer.Namespace, "default").Should().BeEquivalentTo("a");

        _store.Replace([Web("d", 13, team: "y")], "20");

        Names(ObjectIndexer.Label("team"), "y").Should().BeEquivalentTo("d");
        _store.All().Should().ContainSingle();
    }

    private IEnumerable<string> Names(ObjectIndexer indexer, string value) => _store.Of(indexer, value).Select(found => found.Key.Name);

    [Fact]
    public void RandomHistories_EndAsTheServerDoes()
    {
        for (var round = 0; round < 300; round++)
        {
            var seed = Random.Shared.Next();
            RunHistory(new Random(seed), $"seed {seed}");
        }
    }

    /// <summary>A server's history is told with own writes thrown in early, doubles, and relists with gaps.</summary>
    private static void RunHistory(Random random, string because)
    {
        var server = new Dictionary<string, KubeObject>();
        var told = new Dictionary<ObjectKey, KubeObject>();
        var store = new Store(LabelSelector.Parse(null));
        store.Subscribe(change => Follow(told, change, because));
        store.Replace([], "1");
        var blind = false;
        for (var version = 2; version < 120; version++)
        {
            var name = $"w{random.Next(5)}";
            var known = server.GetValueOrDefault(name);
            var uid = known?.Metadata.Uid ?? $"{name}-{version}";
            var next = Widget(name, version, uid);
            var deletes = known is not null && random.Next(3) == 0;
            if (deletes)
            {
                server.Remove(name);
            }
            else
            {
                server[name] = next;
                if (random.Next(3) == 0)
                {
                    store.Observe(next);
                }
            }

            if (!blind)
            {
                var watched = deletes ? Deleted(next) : Modified(next);
                Enumerable.Range(0, 1 + random.Next(2)).ToList().ForEach(_ => store.Apply(watched));
                blind = random.Next(10) == 0;
            }
            else if (random.Next(4) == 0)
            {
                // What was missed while blind is made good by a list, as after 410 Gone.
                store.BeginList();
                store.Replace(server.Values, $"{version}");
                blind = false;
            }
        }

        store.BeginList();
        store.Replace(server.Values, "200");
        store.All().Should().BeEquivalentTo(server.Values, options => options.ComparingByValue<KubeObject>(), because);
        told.Values.Should().BeEquivalentTo(server.Values, options => options.ComparingByValue<KubeObject>(), because);
    }

    private static void Follow(Dictionary<ObjectKey, KubeObject> told, StoreChange change, string because)
    {
        told.GetValueOrDefault((change.Before ?? change.After!).Key).Should().BeSameAs(change.Before, because);
        if (change.After is { } after)
        {
            told[after.Key] = after;
        }
        else
        {
            told.Remove(change.Before!.Key);
        }
    }

    private static KubeObject Web(
        string name, int version, string? uid = null, string team = "x", string inNamespace = "default") =>
        Widget(name, version, uid, inNamespace, [("app", "web"), ("team", team)]);
}
