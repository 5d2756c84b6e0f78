using System.Text;
using Idp.Operator.Yaml;

namespace Idp.Operator.GoldenPaths;

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
        var content = file.Verbatim ? null : Template.Parse(Encoding.UTF8.GetString(file.Content.Span), file.Path, errors);
        return new ParsedSkeletonFile(path, content, errors);
    }
}
