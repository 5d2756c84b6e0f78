using System.Text.Json.Nodes;

namespace Idp.Kubernetes.Controllers;

/// <summary>The fields that a manager owns, as a tree.</summary>
/// <remarks>
/// <c>f:NAME</c> is a field, <c>k:{...}</c> an element of a list by its keys, <c>v:...</c> one of a set by its value,
/// <c>i:N</c> one by its index, <c>.</c> the place itself; a node without children covers all that is below it.
/// https://kubernetes.io/docs/reference/using-api/server-side-apply/#field-management
/// </remarks>
internal sealed class FieldSet
{
    /// <summary>Owns everything.</summary>
    public static readonly FieldSet Everything = new([]);

    private FieldSet(JsonObject node)
    {
        foreach (var (name, value) in node)
        {
            var child = value as JsonObject ?? [];
            switch (name.AsSpan(0, Math.Min(2, name.Length)))
            {
                case "f:":
                    Fields[name[2..]] = new FieldSet(child);
                    break;
                case "k:":
                    Items.Add((JsonNode.Parse(name[2..])!.AsObject(), new FieldSet(child)));
                    break;
                case "v:":
                    Values.Add(JsonNode.Parse(name[2..]));
                    break;
            }
        }
    }

    public Dictionary<string, FieldSet> Fields { get; } = new(StringComparer.Ordinal);

    public List<(JsonObject Key, FieldSet Set)> Items { get; } = [];

    public List<JsonNode?> Values { get; } = [];

    public bool IsLeaf => Fields.Count == 0 && Items.Count == 0 && Values.Count == 0;

    /// <summary>What is owned of a field; null where nothing is.</summary>
    public FieldSet? Of(string field) => IsLeaf ? this : Fields.GetValueOrDefault(field);

    /// <summary>Finds what a manager has applied to an object; null where it has not.</summary>
    public static FieldSet? Find(JsonObject live, string manager, string apiVersion, string? subresource)
    {
        foreach (var entry in (live["metadata"]?["managedFields"] as JsonArray ?? []).OfType<JsonObject>())
        {
            // Servers before 1.22 do not say the subresource.
            if ((string?)entry["manager"] == manager
                && (string?)entry["operation"] == "Apply"
                && (string?)entry["apiVersion"] == apiVersion
                && ((string?)entry["subresource"] ?? subresource) == subresource)
            {
                var set = new FieldSet(entry["fieldsV1"] as JsonObject ?? []);
                return set.IsLeaf ? null : set;
            }
        }

        return null;
    }
}
