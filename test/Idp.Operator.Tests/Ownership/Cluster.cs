using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Idp.Entities;
using Idp.Kubernetes.Cache;
using Idp.Kubernetes.Model;

namespace Idp.Operator.Tests.Ownership;

/// <summary>The BackendApps of a cluster, in memory.</summary>
internal sealed class Cluster : IObjectReader
{
    private readonly ConcurrentDictionary<string, KubeObject> _apps = new();

    public BackendApp? Find(string key) => _apps.GetValueOrDefault(key)?.Deserialize(BackendApp.JsonType);

    public void Put(BackendApp app) => _apps[app.Metadata.Key.ToString()] =
        KubeObject.From(BackendApp.ResourceKind, JsonSerializer.SerializeToNode(app, BackendApp.JsonType)!.AsObject());

    public void Put(JsonObject app)
    {
        var item = KubeObject.From(BackendApp.ResourceKind, app);
        _apps[item.Key.ToString()] = item;
    }

    public void Remove(string key) => _apps.TryRemove(key, out _);

    public void Clear() => _apps.Clear();

    public KubeObject? Find(ResourceKind kind, ObjectKey key) =>
        kind == BackendApp.ResourceKind ? _apps.GetValueOrDefault(key.ToString()) : null;

    public IReadOnlyList<KubeObject> List(ResourceKind kind) => kind == BackendApp.ResourceKind ? [.. _apps.Values] : [];

    public IReadOnlyList<KubeObject> List(ResourceKind kind, ObjectIndexer indexer, string value) =>
        [.. List(kind).Where(item => indexer.ValueOf(item) == value)];

    public bool IsServed(ResourceKind kind) => true;
}
