namespace Idp.Operator.GoldenPaths;

/// <summary>One file of a golden path's skeleton, read and checked.</summary>
public sealed record SkeletonFile
{
    /// <summary>The path below the skeleton, with <c>/</c> between the parts; may hold placeholders.</summary>
    public required string Path { get; init; }

    /// <summary>The bytes as they lie on disk.</summary>
    public required ReadOnlyMemory<byte> Content { get; init; }

    /// <summary>Whether the file can be run in the new repository.</summary>
    public bool Executable { get; init; }

    /// <summary>Whether the file is rendered once for each environment.</summary>
    public bool EachEnvironment { get; init; }

    /// <summary>Whether the bytes are taken as they are, without placeholders.</summary>
    public bool Verbatim { get; init; }
}
