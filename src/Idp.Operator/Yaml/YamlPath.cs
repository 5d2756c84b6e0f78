namespace Idp.Operator.Yaml;

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
