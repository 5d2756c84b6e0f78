namespace Idp.Operator.GoldenPaths;

/// <summary>One line of a template, with its line end.</summary>
/// <param name="Conditions">The values that must not be empty (or, negated, must be) for the line to stay.</param>
/// <param name="Parts">What it consists of.</param>
internal sealed record TemplateLine(IReadOnlyList<TemplatePart> Conditions, IReadOnlyList<TemplatePart> Parts);
