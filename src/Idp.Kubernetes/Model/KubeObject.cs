using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Idp.Kubernetes.Model;

/// <summary>One object as the API server sent it: its metadata read, the rest kept as bytes until somebody asks.</summary>
/// <remarks>Immutable and safe to share between threads; every call of <see cref="ToJson"/> gives a new tree.</remarks>
public sealed class KubeObject
{
    private readonly byte[] _json;

    private KubeObject(ResourceKind kind, ObjectMeta metadata, ManagedFieldsEntry[] managedFields, byte[] json)
    {
        Kind = kind;
        Metadata = metadata;
        ManagedFields = managedFields;
        _json = json;
    }

    /// <summary>The kind that the object was asked for as.</summary>
    public ResourceKind Kind { get; }

    /// <summary>Name, namespace, labels and the server's bookkeeping.</summary>
    public ObjectMeta Metadata { get; }

    /// <summary>Who manages which of its fields.</summary>
    public IReadOnlyList<ManagedFieldsEntry> ManagedFields { get; }

    /// <summary>Namespace and name.</summary>
    public ObjectKey Key => Metadata.Key;

    /// <summary>The object in UTF-8, as it was sent, but for its managed fields.</summary>
    public ReadOnlyMemory<byte> Utf8Json => _json;

    /// <summary>Reads one object, whose kind the items of a list do not say themselves; the bytes are copied.</summary>
    /// <exception cref="JsonException">The bytes are not an object with metadata of the right shape.</exception>
    public static KubeObject Parse(ResourceKind kind, ReadOnlySpan<byte> utf8Json)
    {
        var (metadata, managers, rest) = ObjectParser.Parse(kind, utf8Json);
        return new KubeObject(kind, metadata, managers, rest);
    }

    /// <summary>Makes an object from a copy of a tree, for tests and for what has not been sent yet.</summary>
    /// <exception cref="JsonException">The tree has no metadata of the right shape.</exception>
    public static KubeObject From(ResourceKind kind, JsonObject json) => Parse(kind, Encoding.UTF8.GetBytes(json.ToJsonString()));

    /// <summary>The whole object as a new tree that the caller may change.</summary>
    public JsonObject ToJson()
    {
        var json = Content();
        if (ManagedFields.Count > 0)
        {
            json["metadata"]!["managedFields"] = new JsonArray([.. ManagedFields.Select(entry => entry.ToJson())]);
        }

        return json;
    }

    /// <summary>The object without its managed fields, as a new tree.</summary>
    internal JsonObject Content() => JsonNode.Parse(_json)!.AsObject();

    /// <summary>The whole object as a typed value.</summary>
    /// <exception cref="JsonException">The object does not fit the type, which an old schema may let through.</exception>
    public T Deserialize<T>(JsonTypeInfo<T> type) =>
        JsonSerializer.Deserialize(_json, type) ?? throw new JsonException($"The {Kind} {Key} is null.");

    /// <summary>Returns kind, namespace and name.</summary>
    public override string ToString() => $"{Kind} {Key}";
}
