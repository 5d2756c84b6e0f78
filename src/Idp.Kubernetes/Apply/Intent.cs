using System.Text.Json.Nodes;
using Idp.Kubernetes.Model;

namespace Idp.Kubernetes.Apply;

/// <summary>Reads an intent: to say null is to say nothing, and what names the object is nobody's field.</summary>
internal static class Intent
{
    private const string Metadata = "metadata";

    private static readonly HashSet<string> Identity = new(StringComparer.Ordinal)
    {
        "name", "namespace", "uid", "resourceVersion", "generation", "creationTimestamp", "selfLink", "managedFields",
    };

    /// <summary>What an object is known by, and no fields.</summary>
    public static JsonObject Nothing(ResourceKind kind, ObjectMeta metadata)
    {
        var identity = new JsonObject { ["name"] = metadata.Name, ["uid"] = metadata.Uid };
        if (kind.Namespaced)
        {
            identity["namespace"] = metadata.Namespace;
        }

        return new JsonObject { ["apiVersion"] = kind.ApiVersion, ["kind"] = kind.Kind, [Metadata] = identity };
    }

    /// <summary>The wanted fields of the map at a path, which is empty for the object itself.</summary>
    public static IEnumerable<(string Name, JsonNode Value)> Fields(string path, JsonObject wanted)
    {
        foreach (var (name, value) in wanted)
        {
            if (value is not null && IsField(path, name, value))
            {
                yield return (name, value);
            }
        }
    }

    /// <summary>A wanted field of the map at a path; null where it is not wanted.</summary>
    public static JsonNode? Field(string path, JsonObject? wanted, string name) =>
        wanted?[name] is { } value && IsField(path, name, value) ? value : null;

    /// <summary>The intent without its nulls, in a new tree.</summary>
    public static JsonObject WithoutNulls(JsonObject node)
    {
        var result = new JsonObject();
        foreach (var (name, value) in node)
        {
            if (value is not null)
            {
                result[name] = WithoutNulls(value);
            }
        }

        return result;
    }

    public static JsonNode WithoutNulls(JsonNode node) => node switch
    {
        JsonObject fields => WithoutNulls(fields),
        JsonArray elements => new JsonArray([.. elements.Select(element => element is null ? null : WithoutNulls(element))]),
        _ => node.DeepClone(),
    };
    private static bool IsField(string path, string name, JsonNode value) => path switch
    {
        "" => name is not ("apiVersion" or "kind") && (name != Metadata || value is not JsonObject metadata || Fields(Metadata, metadata).Any()),
        Metadata => !Identity.Contains(name),
        _ => true,
    };
}
