using System.Text;

namespace Idp.GitHub;

/// <summary>One file of a commit: its path, its bytes and whether it can be run.</summary>
public sealed record RepositoryFile
{
    /// <summary>The path from the root of the repository, with <c>/</c> between the parts.</summary>
    public required string Path { get; init; }

    /// <summary>The bytes of the file, taken as they are.</summary>
    public required ReadOnlyMemory<byte> Content { get; init; }

    /// <summary>True for Git mode 100755, false for 100644.</summary>
    public bool Executable { get; init; }

    /// <summary>
    /// Returns a file that holds the text in UTF-8, without a byte order mark and with its line ends kept.
    /// </summary>
    public static RepositoryFile Text(string path, string text, bool executable = false) =>
        new() { Path = path, Content = Encoding.UTF8.GetBytes(text), Executable = executable };
}
