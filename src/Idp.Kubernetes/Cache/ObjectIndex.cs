using Idp.Kubernetes.Model;

namespace Idp.Kubernetes.Cache;

/// <summary>Objects by key, by namespace and by each of their labels. Not safe for several threads.</summary>
internal sealed class ObjectIndex
{
    private readonly Dictionary<ObjectKey, KubeObject> _objects = [];
    private readonly Dictionary<string, Dictionary<ObjectKey, KubeObject>> _byNamespace = [];
    private readonly Dictionary<(string Key, string Value), Dictionary<ObjectKey, KubeObject>> _byLabel = [];

    public IReadOnlyDictionary<ObjectKey, KubeObject> Objects => _objects;

    public KubeObject? Find(ObjectKey key) => _objects.GetValueOrDefault(key);

    public IReadOnlyCollection<KubeObject> InNamespace(string name) =>
        _byNamespace.TryGetValue(name, out var found) ? found.Values : [];

    public IReadOnlyCollection<KubeObject> WithLabel(string key, string value) =>
        _byLabel.TryGetValue((key, value), out var found) ? found.Values : [];

    public void Put(KubeObject added)
    {
        Remove(added.Key);
        _objects.Add(added.Key, added);
        Into(_byNamespace, added.Key.Namespace, added);
        foreach (var label in added.Metadata.Labels)
        {
            Into(_byLabel, (label.Key, label.Value), added);
        }
    }

    public void Remove(ObjectKey key)
    {
        if (!_objects.Remove(key, out var removed))
        {
            return;
        }

        From(_byNamespace, key.Namespace, key);
        foreach (var label in removed.Metadata.Labels)
        {
            From(_byLabel, (label.Key, label.Value), key);
        }
    }

    private static void Into<T>(
        Dictionary<T, Dictionary<ObjectKey, KubeObject>> index, T under, KubeObject added)
        where T : notnull
    {
        if (!index.TryGetValue(under, out var objects))
        {
            index.Add(under, objects = []);
        }

        objects.Add(added.Key, added);
    }

    private static void From<T>(Dictionary<T, Dictionary<ObjectKey, KubeObject>> index, T under, ObjectKey key)
        where T : notnull
    {
        var objects = index[under];
        objects.Remove(key);
        if (objects.Count == 0)
        {
            index.Remove(under);
        }
    }
}
