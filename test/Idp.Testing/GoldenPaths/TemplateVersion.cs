using System.Text;

namespace Idp.Testing.GoldenPaths;

/// <summary>What one version of a golden path wants in a repository.</summary>
/// <param name="Version">Its version.</param>
/// <param name="Files">The files by path.</param>
public sealed record TemplateVersion(string Version, IReadOnlyDictionary<string, TemplateFile> Files)
{
    /// <summary>A version of files of text.</summary>
    public static TemplateVersion Of(string version, params (string Path, string Text)[] files) =>
        new(version, files.ToDictionary(file => file.Path, file => TemplateFile.Of(file.Text), StringComparer.Ordinal));

    /// <summary>The same with another file, or without one.</summary>
    public TemplateVersion With(string path, TemplateFile? file)
    {
        var files = new Dictionary<string, TemplateFile>(Files, StringComparer.Ordinal);
        if (file is null)
        {
            files.Remove(path);
        }
        else
        {
            files[path] = file;
        }

        return this with { Files = files };
    }
}

/// <summary>One file of a golden path.</summary>
/// <param name="Content">Its bytes.</param>
/// <param name="Executable">Whether it can be run.</param>
/// <param name="Once">Whether it is laid once and never touched again.</param>
public sealed record TemplateFile(byte[] Content, bool Executable = false, bool Once = false)
{
    /// <summary>A file of text.</summary>
    public static TemplateFile Of(string text, bool executable = false, bool once = false) => new(Encoding.UTF8.GetBytes(text), executable, once);

    /// <summary>Whether a repository has the same with that one as with this.</summary>
    public bool IsSame(TemplateFile other) => Executable == other.Executable && Content.AsSpan().SequenceEqual(other.Content);
}
