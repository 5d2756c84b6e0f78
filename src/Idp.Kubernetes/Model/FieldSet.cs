using System.Text.Json.Nodes;

namespace Idp.Kubernetes.Model;

/// <summary>The fields that a manager owns, as a tree. Never changes, so that objects and threads may share one.</summary>
/// <remarks>
/// <c>f:NAME</c> is a field, <c>k:{...}</c> an element of a list by its keys, <c>v:...</c> one of a set by its value,
/// <c>i:N</c> one by its index, <c>.</c> the place itself; a node without children covers all that is below it.
/// https://kubernetes.io/docs/reference/using-api/server-side-apply/#field-management
/// </remarks>
internal sealed class FieldSet
{
    /// <summary>Nothing is known of who owns what.</summary>
    public static readonly FieldSet Unknown = new([]);

    /// <summary>Owns a place as a whole, and so everything that is in it.</summary>
    public static readonly FieldSet Whole = new([]);

    private readonly Dictionary<string, FieldSet> _fields = new(StringComparer.Ordinal);
    private readonly List<(JsonObject Key, FieldSet Set)> _items = [];
    private readonly List<JsonNode?> _values = [];

    /// <summary>Reads <c>fieldsV1</c>.</summary>
    /// <exception cref="System.Text.Json.JsonException">A key or a value in it is no JSON.</exception>
    public FieldSet(JsonObject node)
    {
        foreach (var (name, value) in node)
        {
            var child = value as JsonObject ?? [];
            switch (name.AsSpan(0, Math.Min(2, name.Length)))
            {
                case "f:":
                    _fields[name[2..]] = new FieldSet(child);
                    break;
                case "k:":
                    _items.Add((Settled(JsonNode.Parse(name[2..])!.AsObject()), new FieldSet(child)));
                    break;
                case "v:":
                    _values.Add(JsonNode.Parse(name[2..]));
                    break;
            }
        }
    }

    public IReadOnlyDictionary<string, FieldSet> Fields => _fields;

    public IReadOnlyList<(JsonObject Key, FieldSet Set)> Items => _items;

    public IReadOnlyList<JsonNode?> Values => _values;

    public bool IsLeaf => _fields.Count == 0 && _items.Count == 0 && _values.Count == 0;

    /// <summary>What is owned of a field; null where nothing is.</summary>
    public FieldSet? Of(string field) => IsLeaf ? this : _fields.GetValueOrDefault(field);

    /// <summary>Finds what a manager has applied to an object; null where it has not.</summary>
    public static FieldSet? Find(KubeObject live, string manager, string? subresource)
    {
        foreach (var entry in live.ManagedFields)
        {
            // Servers before 1.22 do not say the subresource.
            if (entry.Manager == manager
                && entry.Operation == ManagedFieldsEntry.Apply
                && entry.ApiVersion == live.Kind.ApiVersion
                && (entry.Subresource ?? subresource) == subresource)
            {
                return entry.Fields.Set.IsLeaf ? null : entry.Fields.Set;
            }
        }

        return null;
    }

    // A parsed object makes its members at the first look; afterwards any number of threads may look.
    private static JsonObject Settled(JsonObject key)
    {
        _ = key.Count;
        return key;
    }
}
