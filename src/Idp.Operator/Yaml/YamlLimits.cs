namespace Idp.Operator.Yaml;

/// <summary>Bounds of what is read, so that no file can take the process down.</summary>
public sealed record YamlLimits
{
    /// <summary>The bounds of files that people write.</summary>
    public static YamlLimits Default { get; } = new();

    /// <summary>The most characters.</summary>
    public int Characters { get; init; } = 1 << 20;

    /// <summary>The most values, counted after aliases are replaced by what they stand for.</summary>
    public int Values { get; init; } = 100_000;

    /// <summary>The most levels of mappings and lists inside one another.</summary>
    public int Depth { get; init; } = 60;
}
