namespace Idp.Operator.Yaml;

/// <summary>A key of a mapping, its place and its value.</summary>
internal sealed record YamlEntry(string Key, YamlPosition Position, YamlValue Value);
