using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Idp.Operator.ApplicationEnvironments;

/// <summary>A place in somebody else's object: what is missing or of another shape reads as empty, never as an error.</summary>
internal readonly record struct LenientJson(JsonNode? Node)
{
    /// <summary>The member of that name.</summary>
    public LenientJson this[string name] => new(Node is JsonObject parent ? parent[name] : null);

    /// <summary>The text, or an empty one.</summary>
    public string Text => Is(JsonValueKind.String) ? Node!.GetValue<string>() : "";

    /// <summary>The whole number, or 0.</summary>
    public long Number => Is(JsonValueKind.Number) && Node!.AsValue().TryGetValue<long>(out var number) ? number : 0;

    /// <summary>Whether it is there and true.</summary>
    public bool IsTrue => Is(JsonValueKind.True);

    /// <summary>Whether there is anything in it.</summary>
    public bool IsPresent => Node is not (null or JsonObject { Count: 0 } or JsonArray { Count: 0 });

    /// <summary>The elements of a list, or none.</summary>
    public IEnumerable<LenientJson> Items => Node is JsonArray items ? items.Select(item => new LenientJson(item)) : [];

    /// <summary>The moment, or null.</summary>
    public DateTimeOffset? Time => DateTimeOffset.TryParse(
        Text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
        ? time
        : null;

    /// <summary>The condition of that type in a list of conditions, or an empty reading.</summary>
    public LenientJson Condition(string type) => Items.FirstOrDefault(item => item["type"].Text == type);

    private bool Is(JsonValueKind kind) => Node is JsonValue value && value.GetValueKind() == kind;
}
