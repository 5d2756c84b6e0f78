using System.Text;
using Idp.Operator.Settings;
using Idp.Operator.Yaml;

namespace Idp.Operator.GoldenPaths;

/// <summary>Reads the files of a skeleton from disk, within bounds and never through a link.</summary>
internal sealed class SkeletonReader(string root, IReadOnlyList<FileRule> rules, List<FileError> errors)
{
    private const int MostFiles = 500;
    private const long MostBytes = 1 << 20;
    private const long MostBytesInAll = 8 << 20;
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private readonly List<SkeletonFile> _files = [];
    private long _bytes;

    public IReadOnlyList<SkeletonFile> Read()
    {
        var directory = new DirectoryInfo(root);
        if (!directory.Exists)
        {
            Add(root, "there is no such folder");
            return [];
        }

        Walk(directory, "");
        if (_files.Count == 0 && errors.Count == 0)
        {
            Add(root, "holds no file");
        }

        return [.. _files.OrderBy(file => file.Path, StringComparer.Ordinal)];
    }

    private void Walk(DirectoryInfo directory, string prefix)
    {
        foreach (var entry in directory.EnumerateFileSystemInfos().OrderBy(entry => entry.Name, StringComparer.Ordinal))
        {
            if (entry.LinkTarget is not null)
            {
                Add(entry.FullName, "is a link: a skeleton holds files and folders only");
            }
            else if (entry is DirectoryInfo folder)
            {
                Walk(folder, $"{prefix}{entry.Name}/");
            }
            else if (_files.Count >= MostFiles)
            {
                Add(root, $"holds more than {MostFiles} files");
                return;
            }
            else
            {
                Read((FileInfo)entry, prefix + entry.Name);
            }
        }
    }

    private void Read(FileInfo file, string path)
    {
        _bytes += file.Length;
        if (file.Length > MostBytes || _bytes > MostBytesInAll)
        {
            Add(file.FullName, $"is too large: {MostBytes} bytes a file and {MostBytesInAll} in all are the most");
            return;
        }

        var content = File.ReadAllBytes(file.FullName);
        var matching = rules.Where(rule => Fits(rule, path)).ToList();
        _files.Add(new SkeletonFile
        {
            Path = path,
            Content = content,
            Executable = !OperatingSystem.IsWindows() && (File.GetUnixFileMode(file.FullName) & UnixFileMode.UserExecute) != 0,
            EachEnvironment = matching.Any(rule => rule.Each == Repetition.Environments),
            When = [.. matching.Select(rule => rule.When).OfType<string>()],
            Verbatim = matching.Any(rule => rule.Verbatim) || !IsText(content),
        });
    }

    /// <summary>Whether a rule speaks of a path.</summary>
    internal static bool Fits(FileRule rule, string path) =>
        Glob.Matches(rule.Path.Replace("**", "*", StringComparison.Ordinal), path, StringComparison.Ordinal);

    private static bool IsText(byte[] content)
    {
        try
        {
            return Strict.GetCharCount(content) >= 0 && !content.Contains((byte)0);
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    private void Add(string file, string message) => errors.Add(new FileError(file, 0, 0, "", message));
}
