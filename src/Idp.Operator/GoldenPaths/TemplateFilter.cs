namespace Idp.Operator.GoldenPaths;

/// <summary>How a value is put into a file.</summary>
internal enum TemplateFilter
{
    /// <summary>As it is; only for values that cannot break out of any syntax.</summary>
    None,

    /// <summary>In double quotes, as JSON, YAML, TOML and Python read it.</summary>
    Json,

    /// <summary>As a YAML scalar: in quotes only if it must be.</summary>
    Yaml,

    /// <summary>As one line of plain text.</summary>
    Line,
}
