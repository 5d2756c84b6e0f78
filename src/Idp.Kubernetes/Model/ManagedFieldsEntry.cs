using System.Text.Json.Nodes;

namespace Idp.Kubernetes.Model;

/// <summary>Says that somebody manages fields of an object (<c>metav1.ManagedFieldsEntry</c>).</summary>
/// <remarks>https://kubernetes.io/docs/reference/using-api/server-side-apply/#field-management</remarks>
public sealed record ManagedFieldsEntry
{
    /// <summary>The <see cref="Operation"/> of who applies.</summary>
    public const string Apply = "Apply";

    /// <summary>Who.</summary>
    public required string Manager { get; init; }

    /// <summary>How: <c>Apply</c> or <c>Update</c>.</summary>
    public required string Operation { get; init; }

    /// <summary>In which version of the kind the fields are named.</summary>
    public required string ApiVersion { get; init; }

    /// <summary>Through which subresource; null for the object itself, and before Kubernetes 1.22.</summary>
    public string? Subresource { get; init; }

    /// <summary>When it was written last, to the second; null where the server does not say.</summary>
    public DateTimeOffset? Time { get; init; }

    internal FieldsV1 Fields { get; init; } = FieldsV1.None;

    /// <summary>The entry as it is sent.</summary>
    internal JsonObject ToJson()
    {
        var json = new JsonObject
        {
            ["manager"] = Manager,
            ["operation"] = Operation,
            ["apiVersion"] = ApiVersion,
            ["fieldsType"] = "FieldsV1",
            ["fieldsV1"] = Fields.ToJson(),
        };
        if (Subresource is not null)
        {
            json["subresource"] = Subresource;
        }

        if (Time is { } time)
        {
            json["time"] = KubeTimeConverter.Print(time);
        }

        return json;
    }
}

/// <summary>What one manager owns of an object: as it was sent, and as a tree.</summary>
/// <remarks>
/// Objects that come from one plan have equal ones, often a third of their size. So these are kept apart from the object,
/// read once, and shared: in a table of fixed size, where a newcomer takes the place of what had the same hash.
/// </remarks>
internal sealed class FieldsV1
{
    /// <summary>No fields.</summary>
    public static readonly FieldsV1 None = new([(byte)'{', (byte)'}']);

    private static readonly FieldsV1?[] Known = new FieldsV1?[4096];
    private readonly byte[] _utf8Json;

    private FieldsV1(byte[] utf8Json)
    {
        _utf8Json = utf8Json;
        Set = new FieldSet(ToJson());
    }

    /// <summary>The fields as a tree.</summary>
    public FieldSet Set { get; }

    /// <summary>Reads them, or finds those that were read before.</summary>
    /// <exception cref="System.Text.Json.JsonException">They are no JSON object.</exception>
    public static FieldsV1 Read(ReadOnlySpan<byte> utf8Json)
    {
        var hash = default(HashCode);
        hash.AddBytes(utf8Json);
        ref var slot = ref Known[hash.ToHashCode() & (Known.Length - 1)];
        var known = slot;
        return known is not null && known._utf8Json.AsSpan().SequenceEqual(utf8Json) ? known : slot = new FieldsV1(utf8Json.ToArray());
    }

    /// <summary>Whether the very same fields were sent.</summary>
    public override bool Equals(object? obj) => obj is FieldsV1 other && _utf8Json.AsSpan().SequenceEqual(other._utf8Json);

    public override int GetHashCode() => _utf8Json.Length;

    /// <summary>The fields as they were sent, in a new tree.</summary>
    public JsonObject ToJson() => JsonNode.Parse(_utf8Json) as JsonObject ?? [];
}
