namespace Idp.Operator.GoldenPaths;

/// <summary>A golden path cannot be rendered with the values that were given.</summary>
/// <param name="errors">What is wrong, in sentences.</param>
public sealed class GoldenPathParameterException(IReadOnlyList<string> errors) : Exception(string.Join(" ", errors))
{
    /// <summary>What is wrong, in sentences.</summary>
    public IReadOnlyList<string> Errors { get; } = errors;
}
