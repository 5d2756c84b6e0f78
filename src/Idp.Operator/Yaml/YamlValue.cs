namespace Idp.Operator.Yaml;

/// <summary>A value as it was written; aliases share it, so it is not a tree yet.</summary>
internal sealed record YamlValue(YamlPosition Position)
{
    public ScalarToken Scalar { get; init; }

    public List<YamlValue>? Items { get; init; }

    public List<YamlEntry>? Entries { get; init; }
}
