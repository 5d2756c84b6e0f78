using System.Text.Json.Nodes;

namespace Idp.Operator.Yaml;

/// <summary>A value as it was written; aliases share it, so it is not a tree yet.</summary>
/// <param name="Position">Where it begins.</param>
internal sealed record YamlValue(YamlPosition Position)
{
    public JsonNode? Scalar { get; init; }

    public List<YamlValue>? Items { get; init; }

    public List<YamlEntry>? Entries { get; init; }
}

/// <summary>A key of a mapping, its place and its value.</summary>
internal sealed record YamlEntry(string Key, YamlPosition Position, YamlValue Value);
