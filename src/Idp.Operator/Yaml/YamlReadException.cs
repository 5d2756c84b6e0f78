namespace Idp.Operator.Yaml;

/// <summary>A file is not YAML, or not YAML that JSON could hold.</summary>
/// <param name="error">What is wrong, and where.</param>
/// <param name="inner">What the parser said, if it was the parser.</param>
public sealed class YamlReadException(FileError error, Exception? inner = null) : Exception(error.ToString(), inner)
{
    /// <summary>What is wrong, and where.</summary>
    public FileError Error { get; } = error;
}
