using System.Security.Cryptography;

namespace Idp.Operator.GoldenPaths;

/// <summary>One file of a new repository.</summary>
/// <param name="Path">The path from the root of the repository, with <c>/</c> between the parts.</param>
/// <param name="Content">The bytes.</param>
/// <param name="Executable">Whether the file can be run.</param>
public sealed record RenderedFile(string Path, ReadOnlyMemory<byte> Content, bool Executable)
{
    /// <summary>The SHA-256 of the bytes, in lower-case hexadecimal, for the repository's marker file.</summary>
    public string Sha256 => Convert.ToHexStringLower(SHA256.HashData(Content.Span));
}
