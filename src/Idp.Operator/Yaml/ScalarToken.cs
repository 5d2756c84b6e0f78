namespace Idp.Operator.Yaml;

/// <summary>A scalar whose type is known.</summary>
/// <param name="Kind">Its type.</param>
/// <param name="Text">The text; of a number the way JSON writes it.</param>
internal readonly record struct ScalarToken(ScalarKind Kind, string Text);
