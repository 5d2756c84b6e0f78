using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Idp.Kubernetes.Model;

/// <summary>One object as the API server sent it: its metadata read, the rest kept as bytes until somebody asks.</summary>
/// <remarks>Immutable and safe to share between threads; every call of <see cref="ToJson"/> gives a new tree.</remarks>
public sealed class KubeObject
{
    private readonly ReadOnlyMemory<byte> _json;

    private KubeObject(ResourceKind kind, ObjectMeta metadata, ReadOnlyMemory<byte> json)
    {
        Kind = kind;
        Metadata = metadata;
        _json = json;
    }

    /// <summary>The kind that the object was asked for as.</summary>
    public ResourceKind Kind { get; }

    /// <summary>Name, namespace, labels and the server's bookkeeping.</summary>
    public ObjectMeta Metadata { get; }

    /// <summary>Namespace and name.</summary>
    public ObjectKey Key => Metadata.Key;

    /// <summary>The object in UTF-8, as it was sent.</summary>
    public ReadOnlyMemory<byte> Utf8Json => _json;

    /// <summary>Reads one object.</summary>
    /// <param name="kind">Its kind; items of a list do not say it themselves.</param>
    /// <param name="utf8Json">The object; the memory is kept, so it must not change afterwards.</param>
    /// <exception cref="JsonException">The bytes are not an object with metadata of the right shape.</exception>
    public static KubeObject Parse(ResourceKind kind, ReadOnlyMemory<byte> utf8Json)
    {
        ArgumentNullException.ThrowIfNull(kind);
        var header = JsonSerializer.Deserialize(utf8Json.Span, KubeJson.Default.ObjectHeader)
            ?? throw new JsonException($"A {kind} is null.");
        return new KubeObject(kind, header.Metadata ?? throw new JsonException($"A {kind} has no metadata."), utf8Json);
    }

    /// <summary>Makes an object from a tree, for tests and for what has not been sent yet.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="json">The whole object; copied.</param>
    /// <exception cref="JsonException">The tree has no metadata of the right shape.</exception>
    public static KubeObject From(ResourceKind kind, JsonObject json)
    {
        ArgumentNullException.ThrowIfNull(json);
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            json.WriteTo(writer);
        }

        return Parse(kind, buffer.ToArray());
    }

    /// <summary>The whole object as a new tree that the caller may change.</summary>
    public JsonObject ToJson() => JsonNode.Parse(_json.Span)!.AsObject();

    /// <summary>The whole object as a typed value.</summary>
    /// <exception cref="JsonException">The object does not fit the type, which an old schema may let through.</exception>
    public T Deserialize<T>(JsonTypeInfo<T> type) =>
        JsonSerializer.Deserialize(_json.Span, type) ?? throw new JsonException($"The {Kind} {Key} is null.");

    /// <summary>Returns kind, namespace and name.</summary>
    public override string ToString() => $"{Kind} {Key}";
}
