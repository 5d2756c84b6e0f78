namespace Idp.Operator.GoldenPaths;

/// <summary>What is special about some files of a skeleton.</summary>
internal sealed record FileRule
{
    /// <summary>The files: a path below the skeleton in which <c>*</c> and <c>**</c> stand for any text.</summary>
    public required string Path { get; init; }

    /// <summary>What they are rendered once for; once in all if not set.</summary>
    public Repetition? Each { get; init; }

    /// <summary>Whether they are taken as they are, placeholders and all.</summary>
    public bool Verbatim { get; init; }
}
