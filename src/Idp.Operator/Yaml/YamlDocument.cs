using System.Text.Json.Nodes;

namespace Idp.Operator.Yaml;

/// <summary>One YAML document as JSON, with the place of every value.</summary>
public sealed class YamlDocument
{
    private readonly YamlValue? _written;

    internal YamlDocument(string file, JsonNode? root, YamlValue? written)
    {
        File = file;
        Root = root;
        _written = written;
    }

    /// <summary>The file, as it was named to the reader.</summary>
    public string File { get; }

    /// <summary>The value; null if the document is empty or says <c>null</c>.</summary>
    public JsonNode? Root { get; }

    /// <summary>An error about a value; one that is not in the file is put to the key of what would hold it.</summary>
    /// <param name="path">The value, such as <c>teams[0].namespace</c>.</param>
    /// <param name="message">What is wrong and what would be right.</param>
    public FileError Error(string path, string message)
    {
        var (found, _, value) = Find(path);
        return At(found == path ? value : KeyOf(path), path, message);
    }

    /// <summary>An error about the key of a value.</summary>
    public FileError KeyError(string path, string message) => At(KeyOf(path), path, message);

    private FileError At(YamlPosition place, string path, string message) => new(File, place.Line, place.Column, path, message);

    private YamlPosition KeyOf(string path) => Find(path).Key;

    /// <summary>Goes down the path as far as the file does.</summary>
    private (string Path, YamlPosition Key, YamlPosition Value) Find(string path)
    {
        if (_written is null)
        {
            return ("", default, default);
        }

        var at = (Path: "", Key: _written.Position, Value: _written);
        while (Step(at.Path, at.Value, path) is { } next)
        {
            at = next;
        }

        return (at.Path, at.Key, at.Value.Position);
    }

    private static (string Path, YamlPosition Key, YamlValue Value)? Step(string from, YamlValue value, string path)
    {
        var parts = (value.Entries ?? []).Select(entry => (Path: YamlPath.Key(from, entry.Key), entry.Position, entry.Value))
            .Concat((value.Items ?? []).Select((item, index) => (Path: YamlPath.Item(from, index), item.Position, Value: item)));
        return parts.Cast<(string Path, YamlPosition Key, YamlValue Value)?>().FirstOrDefault(part => YamlPath.IsWithin(path, part!.Value.Path));
    }
}

/// <summary>Names a value inside a document as people would: <c>stages.Staging.quota['requests.cpu']</c>.</summary>
internal static class YamlPath
{
    /// <summary>The path of a key of the mapping at a path.</summary>
    public static string Key(string path, string key)
    {
        var plain = key.Length > 0 && key.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');
        return !plain ? $"{path}['{key}']" : path.Length == 0 ? key : $"{path}.{key}";
    }

    /// <summary>The path of an item of the list at a path.</summary>
    public static string Item(string path, int index) => $"{path}[{index}]";

    /// <summary>Whether a path is another one or below it.</summary>
    public static bool IsWithin(string path, string other) =>
        path.StartsWith(other, StringComparison.Ordinal) && (path.Length == other.Length || path[other.Length] is '.' or '[');
}

/// <summary>A place in a file.</summary>
/// <param name="Line">The line, from 1; 0 if unknown.</param>
/// <param name="Column">The column, from 1; 0 if unknown.</param>
public readonly record struct YamlPosition(int Line, int Column);
