using System.Text.Json.Nodes;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;

namespace Idp.Kubernetes.Tests.Cache;

/// <summary>Makes objects and events for tests.</summary>
internal static class Objects
{
    public static readonly ResourceKind Widgets = new("test.idp.dev", "v1", "Widget", "widgets");

    public static KubeObject Widget(
        string name,
        int version,
        string? uid = null,
        string inNamespace = "default",
        (string Key, string Value)[]? labels = null,
        Action<JsonObject>? change = null)
    {
        var json = new JsonObject
        {
            ["apiVersion"] = Widgets.ApiVersion,
            ["kind"] = Widgets.Kind,
            ["metadata"] = new JsonObject
            {
                ["name"] = name,
                ["namespace"] = inNamespace,
                ["uid"] = uid ?? $"uid-{name}",
                ["resourceVersion"] = $"{version}",
                ["generation"] = 1,
                ["labels"] = new JsonObject(
                    (labels ?? []).Select(label => KeyValuePair.Create(label.Key, (JsonNode?)label.Value))),
            },
            ["spec"] = new JsonObject { ["size"] = 1 },
        };
        change?.Invoke(json);
        return KubeObject.From(Widgets, json);
    }

    public static ObjectKey Key(string name) => new("default", name);

    public static WatchEvent Added(KubeObject item) => new(WatchEventType.Added, item);

    public static WatchEvent Modified(KubeObject item) => new(WatchEventType.Modified, item);

    public static WatchEvent Deleted(KubeObject item) => new(WatchEventType.Deleted, item);

    public static WatchEvent Bookmark(int version) => new(WatchEventType.Bookmark, Widget("", version));

    public static KubeException Error(int code, TimeSpan? retryAfter = null) =>
        Errors.From("LIST widgets", new KubeStatus { Code = code, Reason = "Scripted" }, retryAfter);
}
