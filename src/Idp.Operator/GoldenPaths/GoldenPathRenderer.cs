using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Idp.Operator.Yaml;

namespace Idp.Operator.GoldenPaths;

/// <summary>Renders golden paths.</summary>
/// <remarks>
/// Guarantees: pure; the same input gives the same bytes, in the order of the paths; no value, however hostile, becomes
/// anything but the value that it is; no file lies outside the repository or where the operator or Git keep theirs.
/// </remarks>
public static class GoldenPathRenderer
{
    // What a value that is put in as it is may consist of; no syntax that golden paths are written in ends at one of these.
    private static readonly SearchValues<char> Plain =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_./:@+");

    /// <summary>Renders the files of a new repository.</summary>
    /// <exception cref="GoldenPathParameterException">The parameters or names do not fit the golden path.</exception>
    public static IReadOnlyList<RenderedFile> Render(GoldenPath path, RenderInput input)
    {
        if (ParameterValues.Check(path, input.Parameters) is { Count: > 0 } errors)
        {
            throw new GoldenPathParameterException(errors);
        }

        var parameters = ParameterValues.WithDefaults(path, input.Parameters);
        var common = TemplateVariables.ValuesOf(input, parameters, null);
        var environments = input.Environments.Select(e => TemplateVariables.ValuesOf(input, parameters, e)).ToList();
        Refuse(common.Concat(environments.SelectMany(values => values))
            .Where(value => TemplateVariables.IsText(value.Key, path.Parameters) == false && !IsPlain(value))
            .Select(value => $"{value.Key} '{value.Value}' has characters that a golden path cannot take."));

        var files = path.Files
            .SelectMany(file => file.EachEnvironment ? environments.Select(values => Render(file, values)) : [Render(file, common)])
            .OrderBy(file => file.Path, StringComparer.Ordinal)
            .ToList();
        Refuse(files
            .Where(file => RenderedPath.Problem(file.Path) is not null)
            .Select(file => $"The path '{file.Path}' {RenderedPath.Problem(file.Path)}."));
        Refuse(files
            .GroupBy(file => file.Path, StringComparer.OrdinalIgnoreCase)
            .Where(group => group.Count() > 1)
            .Select(group => $"The path '{group.Key}' is written twice."));
        var paths = files.Select(file => file.Path).ToHashSet(StringComparer.OrdinalIgnoreCase);
        Refuse(files
            .SelectMany(file => RenderedPath.FoldersOf(file.Path))
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .Where(paths.Contains)
            .Select(folder => $"The path '{folder}' is written both as a file and as a folder."));
        return files;
    }

    private static RenderedFile Render(SkeletonFile file, Dictionary<string, string> values)
    {
        var parsed = file.Parsed;
        Refuse(parsed.Errors.Select(error => error.ToString()));
        var content = parsed.Content is { } template ? Encoding.UTF8.GetBytes(Fill(template, file.Path, values)) : file.Content;
        return new RenderedFile(Fill(parsed.Path, file.Path, values), content, file.Executable) { Once = file.Once };
    }

    private static string Fill(Template template, string file, Dictionary<string, string> values)
    {
        Refuse(template.Uses()
            .Where(use => !values.ContainsKey(use.Part.Text))
            .Select(use => new FileError(file, use.Line, use.Part.Column, "", $"there is no value {use.Part.Text} here").ToString()));
        return template.Render(name => values[name]);
    }

    /// <summary>Parameters may hold what their pattern allows, line ends aside; names hold what names do.</summary>
    private static bool IsPlain(KeyValuePair<string, string> value) =>
        value.Key.StartsWith("parameters.", StringComparison.Ordinal)
            ? !value.Value.Any(char.IsControl)
            : !value.Value.AsSpan().ContainsAnyExcept(Plain);

    private static void Refuse(IEnumerable<string> errors)
    {
        if (errors.ToList() is { Count: > 0 } found)
        {
            throw new GoldenPathParameterException(found);
        }
    }
}

/// <summary>One file of a new repository.</summary>
/// <param name="Path">The path from the root of the repository, with <c>/</c> between the parts.</param>
/// <param name="Content">The bytes.</param>
/// <param name="Executable">Whether the file can be run.</param>
public sealed record RenderedFile(string Path, ReadOnlyMemory<byte> Content, bool Executable)
{
    /// <summary>Whether the file is laid with the first commit and is the team's from then on.</summary>
    public bool Once { get; init; }

    /// <summary>The SHA-256 of the bytes, in lower-case hexadecimal, for the repository's marker file.</summary>
    public string Sha256 => Convert.ToHexStringLower(SHA256.HashData(Content.Span));
}

/// <summary>A golden path cannot be rendered with the values that were given.</summary>
/// <param name="errors">What is wrong, in sentences.</param>
public sealed class GoldenPathParameterException(IReadOnlyList<string> errors) : Exception(string.Join(" ", errors))
{
    /// <summary>What is wrong, in sentences.</summary>
    public IReadOnlyList<string> Errors { get; } = errors;
}
