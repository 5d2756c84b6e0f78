using System.Globalization;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;

namespace Idp.Sandbox.StandIns.Hosting;

/// <summary>The objects of one kind, newest version of each; a version that is older than what is known is ignored.</summary>
internal sealed class KindView
{
    private readonly Lock _lock = new();
    private readonly Dictionary<ObjectKey, KubeObject> _objects = [];
    private readonly Dictionary<ObjectKey, long> _gone = [];

    /// <summary>Completes when the first list is in.</summary>
    public TaskCompletionSource Known { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public KubeObject? Find(ObjectKey key)
    {
        lock (_lock)
        {
            return _objects.GetValueOrDefault(key);
        }
    }

    public IReadOnlyList<KubeObject> List(string @namespace)
    {
        lock (_lock)
        {
            return [.. _objects.Values.Where(item => @namespace.Length == 0 || item.Key.Namespace == @namespace)];
        }
    }

    /// <summary>Takes in a watch event; false when it was known already.</summary>
    public bool Take(WatchEvent change) =>
        change.Type == WatchEventType.Deleted ? Remove(change.Object) : Set(change.Object);

    /// <summary>Takes in an object; false when this version, a newer one or its deletion was known already.</summary>
    public bool Set(KubeObject item)
    {
        lock (_lock)
        {
            var version = VersionOf(item);
            if ((_objects.TryGetValue(item.Key, out var known) && VersionOf(known) >= version)
                || (_gone.TryGetValue(item.Key, out var gone) && gone >= version))
            {
                return false;
            }

            _objects[item.Key] = item;
            return true;
        }
    }

    /// <summary>Takes in a whole list; returns what changed, the objects that are gone among it.</summary>
    public IReadOnlyList<KubeObject> ReplaceAll(IReadOnlyList<KubeObject> items)
    {
        var keys = items.Select(item => item.Key).ToHashSet();
        List<KubeObject> vanished;
        lock (_lock)
        {
            vanished = [.. _objects.Values.Where(item => !keys.Contains(item.Key))];
            vanished.ForEach(item => _objects.Remove(item.Key));
        }

        return [.. vanished, .. items.Where(Set)];
    }

    private bool Remove(KubeObject item)
    {
        lock (_lock)
        {
            _gone[item.Key] = VersionOf(item);
            return _objects.Remove(item.Key);
        }
    }

    // Opaque to clients in principle; the sandbox runs against etcd, where versions are numbers that grow.
    private static long VersionOf(KubeObject item) =>
        long.TryParse(item.Metadata.ResourceVersion, CultureInfo.InvariantCulture, out var version) ? version : 0;
}
