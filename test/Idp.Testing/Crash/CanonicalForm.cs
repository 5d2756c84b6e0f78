using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Idp.Sandbox.StandIns;

namespace Idp.Testing.Crash;

/// <summary>Writes an object as lines of path and value that two runs can be compared by.</summary>
/// <remarks>
/// What no two runs share is replaced by a word: the application's name, uids, times, hashes, addresses. A uid of
/// something that exists becomes the name of that thing, so a reference to the wrong one still shows. Secret values
/// never get in.
/// </remarks>
/// <param name="application">The application's name, which becomes <c>APP</c>.</param>
/// <param name="known">What uids, commits and repository ids stand for.</param>
internal sealed partial class CanonicalForm(string application, IReadOnlyDictionary<string, string> known)
{
    private const long Recent = 1_500_000_000;

    // Versions say how often something was written, which is not what the world looks like.
    private static readonly HashSet<string> Left = new(StringComparer.Ordinal)
    {
        "metadata.resourceVersion", "metadata.generation", "metadata.selfLink",
    };

    /// <summary>The object's lines.</summary>
    public IReadOnlyDictionary<string, string> Of(JsonObject item)
    {
        var facts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var isSecret = item.TextAt("kind") == "Secret";
        foreach (var (name, value) in item)
        {
            Add(facts, name, isSecret && name is "data" or "stringData" ? Hidden(value) : value);
        }

        return facts;
    }

    /// <summary>A text with everything replaced that no two runs share.</summary>
    public string Text(string text)
    {
        text = text.Replace(application, "APP", StringComparison.Ordinal);
        text = Uid().Replace(text, match => known.GetValueOrDefault(match.Value, "<uid>"));
        text = Time().Replace(text, "<time>");
        text = TokenSecret().Replace(text, "$1-<random>");
        text = ClusterAddress().Replace(text, "<address>");
        text = Signature().Replace(text, "<signature>");
        text = Hash().Replace(text, match => known.GetValueOrDefault(match.Value, "<hash>"));

        // YAML has those in quotes that could be taken for numbers.
        return Quoted().Replace(text, "$1");
    }

    private void Add(SortedDictionary<string, string> facts, string path, JsonNode? node)
    {
        switch (node)
        {
            case null:
                break;
            case JsonObject { Count: > 0 } members:
                foreach (var (name, member) in members.Where(member => !IsLeft(path, member.Key)))
                {
                    Add(facts, $"{path}.{Text(name)}", member);
                }

                break;
            case JsonArray { Count: > 0 } items:
                foreach (var (label, item) in Labelled(items))
                {
                    Add(facts, $"{path}[{label}]", item);
                }

                break;
            default:
                facts[path] = node is JsonValue value ? Scalar(value) : node.ToJsonString();
                break;
        }
    }

    private static bool IsLeft(string path, string name) => Left.Contains($"{path}.{name}")
        || (name == "time" && path.StartsWith("metadata.managedFields[", StringComparison.Ordinal));

    private string Scalar(JsonValue value)
    {
        if (value.TryGetValue(out string? text))
        {
            return Text(text);
        }

        if (!value.TryGetValue(out long number))
        {
            return value.ToJsonString();
        }

        var written = number.ToString(CultureInfo.InvariantCulture);
        return number > Recent ? "<time>" : known.GetValueOrDefault(written, written);
    }

    // Elements that have a name are told apart by it, so that an order which nobody decides does not matter.
    private IEnumerable<(string Label, JsonNode? Item)> Labelled(JsonArray items)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (index, item) in items.Index())
        {
            var label = LabelOf(item) is { } own ? Text(own) : $"{index}";
            var times = seen[label] = seen.GetValueOrDefault(label) + 1;
            yield return (times == 1 ? label : $"{label} #{times}", item);
        }
    }

    private static string? LabelOf(JsonNode? item) => item switch
    {
        _ when item.TextAt("manager") is { } manager => $"{manager} {item.TextAt("operation")} {item.TextAt("subresource")}".TrimEnd(),
        _ when item.TextAt("lastTransitionTime") is not null => item.TextAt("type"),
        _ when item.TextAt("uid") is not null => $"{item.TextAt("kind")} {item.TextAt("name")}",
        _ => item.TextAt("name"),
    };

    private static JsonObject? Hidden(JsonNode? values) => values is JsonObject members
        ? new JsonObject(members.Select(member => KeyValuePair.Create(member.Key, (JsonNode?)"<value>")))
        : null;

    [GeneratedRegex("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")]
    private static partial Regex Uid();

    [GeneratedRegex(@"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|\+00:00)")]
    private static partial Regex Time();

    [GeneratedRegex(@"\b([a-z]+-token)-[a-z0-9]{5}\b")]
    private static partial Regex TokenSecret();

    [GeneratedRegex(@"\b10\.\d+\.\d+\.\d+\b")]
    private static partial Regex ClusterAddress();

    // In the JSON of the marker and in the YAML of the lock.
    [GeneratedRegex("""(?<=\bsignature"?: "?)[A-Za-z0-9_-]{43}(?![A-Za-z0-9_-])""")]
    private static partial Regex Signature();

    [GeneratedRegex("(?<=: )\"(<hash>|<signature>)\"")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\b(?=[0-9a-f]*\d)[0-9a-f]{7,64}\b")]
    private static partial Regex Hash();
}
