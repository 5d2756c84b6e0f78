using YamlDotNet.Core;

namespace Idp.Operator.Yaml;

/// <summary>Reads YAML 1.2 (core schema) into JSON that knows its lines and columns.</summary>
/// <remarks>
/// Guarantees: <c>yes</c>, <c>on</c> and dates are text; a key may not occur twice; what JSON cannot hold (keys that are
/// not text, <c>.nan</c>, binary data, tags of programs) is an error; aliases are followed within <see cref="YamlLimits"/>.
/// https://yaml.org/spec/1.2.2/#103-core-schema
/// </remarks>
public static class YamlReader
{
    /// <summary>Reads a file of exactly one document; an empty file has a null root.</summary>
    /// <exception cref="YamlReadException">The text is not YAML, or not YAML that JSON could hold.</exception>
    public static YamlDocument Read(string text, string file, YamlLimits? limits = null)
    {
        var documents = ReadAll(text, file, limits);
        return documents.Count switch
        {
            0 => new YamlDocument(file, null, null),
            1 => documents[0],
            _ => throw new YamlReadException(documents[1].Error("", "a second document: one is expected")),
        };
    }

    /// <summary>Reads a file of any number of documents.</summary>
    /// <exception cref="YamlReadException">The text is not YAML, or not YAML that JSON could hold.</exception>
    public static IReadOnlyList<YamlDocument> ReadAll(string text, string file, YamlLimits? limits = null)
    {
        limits ??= YamlLimits.Default;
        if (text.Length > limits.Characters)
        {
            throw new YamlReadException(new FileError(file, 0, 0, "", $"longer than {limits.Characters} characters"));
        }

        var parser = new Parser(new StringReader(text));
        try
        {
            var composer = new YamlComposer(parser, file, limits);
            return [.. composer.Documents()];
        }
        catch (YamlException error)
        {
            var place = new FileError(file, (int)error.Start.Line, (int)error.Start.Column, "", error.Message);
            throw new YamlReadException(place, error);
        }
        catch (Exception error) when (error is InvalidOperationException or ArgumentException)
        {
            // What the parser throws at some texts that are no YAML, such as plain text of several lines where a key may stand.
            var last = parser.Current?.End ?? Mark.Empty;
            const string message = "is no YAML behind here: put text of several lines in quotes";
            throw new YamlReadException(new FileError(file, (int)last.Line, (int)last.Column, "", message), error);
        }
    }
}

/// <summary>Bounds of what is read, so that no file can take the process down.</summary>
public sealed record YamlLimits
{
    /// <summary>The bounds of files that people write.</summary>
    public static YamlLimits Default { get; } = new();

    /// <summary>The most characters.</summary>
    public int Characters { get; init; } = 1 << 20;

    /// <summary>The most values, counted after aliases are replaced by what they stand for.</summary>
    public int Values { get; init; } = 100_000;

    /// <summary>The most levels of mappings and lists inside one another.</summary>
    public int Depth { get; init; } = 60;
}

/// <summary>A file is not YAML, or not YAML that JSON could hold.</summary>
/// <param name="error">What is wrong, and where.</param>
/// <param name="inner">What the parser said, if it was the parser.</param>
public sealed class YamlReadException(FileError error, Exception? inner = null) : Exception(error.ToString(), inner)
{
    /// <summary>What is wrong, and where.</summary>
    public FileError Error { get; } = error;
}
