namespace Idp.Operator.Yaml;

/// <summary>A place in a file.</summary>
/// <param name="Line">The line, from 1; 0 if unknown.</param>
/// <param name="Column">The column, from 1; 0 if unknown.</param>
public readonly record struct YamlPosition(int Line, int Column);
