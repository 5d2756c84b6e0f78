using System.Text;
using Idp.Operator.Yaml;

namespace Idp.Operator.GoldenPaths;

/// <summary>One file of a golden path's skeleton, read and checked.</summary>
public sealed record SkeletonFile
{
    private readonly Lazy<ParsedSkeletonFile> _parsed;

    /// <summary>Makes a file.</summary>
    public SkeletonFile() => _parsed = new Lazy<ParsedSkeletonFile>(() => ParsedSkeletonFile.Of(this));

    /// <summary>The path below the skeleton, with <c>/</c> between the parts; may hold placeholders.</summary>
    public required string Path { get; init; }

    /// <summary>The bytes as they lie on disk.</summary>
    public required ReadOnlyMemory<byte> Content { get; init; }

    /// <summary>Whether the file can be run in the new repository.</summary>
    public bool Executable { get; init; }

    /// <summary>Whether the file is rendered once for each environment.</summary>
    public bool EachEnvironment { get; init; }

    /// <summary>The values that must not be empty for the file to exist.</summary>
    public IReadOnlyList<string> When { get; init; } = [];

    /// <summary>Whether the file is laid with the first commit and is the team's from then on.</summary>
    public bool Once { get; init; }

    /// <summary>Whether the bytes are taken as they are, without placeholders.</summary>
    public bool Verbatim { get; init; }

    /// <summary>Path and content parsed: once, at the first use, since a file is rendered for every repository.</summary>
    internal ParsedSkeletonFile Parsed => _parsed.Value;

    /// <summary>Whether the file exists where these are the values.</summary>
    internal bool IsWanted(IReadOnlyDictionary<string, string> values) => When.All(name => values.TryGetValue(name, out var value) && Template.Holds(value));
}

/// <summary>The templates of a skeleton's file, and what is wrong with them.</summary>
/// <param name="Path">The template of its path.</param>
/// <param name="Content">The template of its content; null where that is taken as it is.</param>
/// <param name="Errors">What is wrong with either.</param>
internal sealed record ParsedSkeletonFile(Template Path, Template? Content, IReadOnlyList<FileError> Errors)
{
    /// <summary>Parses a file.</summary>
    public static ParsedSkeletonFile Of(SkeletonFile file)
    {
        var errors = new List<FileError>();
        var path = Template.Parse(file.Path, file.Path, errors);

        // Most files ask for nothing: no line of theirs needs to be in memory.
        var content = file.Verbatim || file.Content.Span.IndexOf("{{"u8) < 0
            ? null
            : Template.Parse(Encoding.UTF8.GetString(file.Content.Span), file.Path, errors);
        return new ParsedSkeletonFile(path, content, errors);
    }
}
