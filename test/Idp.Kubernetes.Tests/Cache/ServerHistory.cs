using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;

namespace Idp.Kubernetes.Tests.Cache;

/// <summary>Everything that ever happened at a server, from which what a list or a watch shows is worked out anew each time.</summary>
internal sealed class ServerHistory
{
    public const string Selector = "chosen=yes";

    private readonly List<Change> _changes = [];
    private int _uids;

    /// <summary>The version of the last change; there was something before the first.</summary>
    public int Version { get; private set; } = 10;

    /// <summary>What is older is forgotten.</summary>
    public int Oldest { get; private set; } = 10;

    public void Compact() => Oldest = Version;

    /// <summary>Whether the selector means the object.</summary>
    private static bool IsChosen(KubeObject? item) => item?.Metadata.Labels.GetValueOrDefault("chosen") == "yes";

    /// <summary>Creates or changes an object.</summary>
    public KubeObject Write(string name, bool relabel)
    {
        var before = Find(name);
        var chosen = before is null || IsChosen(before);
        var labels = new[] { ("chosen", chosen != relabel ? "yes" : "no") };
        var after = Objects.Widget(name, Version + 1, before?.Metadata.Uid ?? $"uid-{++_uids}", labels: labels);
        _changes.Add(new Change(++Version, before, after));
        return after;
    }

    /// <summary>Deletes an object; returns what was deleted, null where there was nothing.</summary>
    public KubeObject? Delete(string name)
    {
        if (Find(name) is { } before)
        {
            _changes.Add(new Change(++Version, before, null));
            return before;
        }

        return null;
    }

    /// <summary>What a list showed at a version.</summary>
    public IReadOnlyList<KubeObject> ListAt(int version)
    {
        var objects = new SortedDictionary<string, KubeObject>(StringComparer.Ordinal);
        foreach (var change in _changes.Where(change => change.Version <= version))
        {
            objects.Remove(change.Name);
            if (change.After is { } after && IsChosen(after))
            {
                objects.Add(change.Name, after);
            }
        }

        return [.. objects.Values];
    }

    /// <summary>What a watch shows of what happened after a version.</summary>
    public IReadOnlyList<WatchEvent> EventsAfter(int version) =>
        [.. _changes.Where(change => change.Version > version).Select(Event).OfType<WatchEvent>()];

    private KubeObject? Find(string name) => _changes.FindLast(change => change.Name == name)?.After;

    /// <summary>An object that leaves what is selected is told as deleted, as it was, with the version at which it left.</summary>
    private static WatchEvent? Event(Change change) => (IsChosen(change.Before), IsChosen(change.After)) switch
    {
        (false, true) => Objects.Added(change.After!),
        (true, true) => Objects.Modified(change.After!),
        (true, false) => Objects.Deleted(Objects.Widget(change.Name, change.Version, change.Before!.Metadata.Uid, labels: [("chosen", "yes")])),
        _ => null,
    };

    private sealed record Change(int Version, KubeObject? Before, KubeObject? After)
    {
        public string Name => (After ?? Before)!.Key.Name;
    }
}
