namespace Idp.Operator.GoldenPaths;

/// <summary>A piece of a line: text that stays, or the name of a value.</summary>
/// <param name="Text">The text, or the name.</param>
/// <param name="IsValue">Whether it is a name.</param>
/// <param name="Filter">How the value is put in.</param>
/// <param name="Column">Where it begins in its line, from 1.</param>
/// <param name="IsNegated">Whether a condition holds where the value is empty.</param>
internal readonly record struct TemplatePart(string Text, bool IsValue, TemplateFilter Filter, int Column, bool IsNegated = false);
