using Idp.Operator.Settings;
using Idp.Operator.Yaml;

namespace Idp.Operator.GoldenPaths;

/// <summary>Reads the files of a skeleton, within bounds and never through a link.</summary>
internal sealed class SkeletonReader(IReadOnlyList<FileRule> rules, List<FileError> errors)
{
    private const int MostFiles = 500;
    private const int MostEntries = 2000;
    private const int MostDepth = 32;
    private const int MostLines = 20_000;
    private const int MostLinesInAll = 100_000;
    private const long MostBytes = 1 << 20;
    private const long MostBytesInAll = 8 << 20;
    private readonly List<SkeletonFile> _files = [];
    private int _entries;
    private long _bytes;
    private long _lines;
    private bool _isFull;

    /// <summary>The files of a folder; what is wrong with them goes to the errors.</summary>
    /// <param name="skeleton">The folder; null where there is none.</param>
    /// <param name="place">Where it is, or would be.</param>
    public IReadOnlyList<SkeletonFile> Read(TemplateEntry? skeleton, string place)
    {
        if (skeleton?.Kind != TemplateEntryKind.Folder)
        {
            Add(place, skeleton is null ? "there is no such folder" : $"is {Word(skeleton.Kind)}, and must be a folder");
            return [];
        }

        Walk(skeleton, "", 1);
        if (_files.Count == 0 && errors.Count == 0)
        {
            Add(place, "holds no file");
        }

        return [.. _files.OrderBy(file => file.Path, StringComparer.Ordinal)];
    }

    /// <summary>What an entry is, for people.</summary>
    public static string Word(TemplateEntryKind kind) => kind switch
    {
        TemplateEntryKind.File => "a file",
        TemplateEntryKind.Folder => "a folder",
        TemplateEntryKind.Link => "a link",
        TemplateEntryKind.Submodule => "a submodule",
        _ => "a pipe, socket or device",
    };

    private void Walk(TemplateEntry folder, string prefix, int depth)
    {
        IReadOnlyList<TemplateEntry> entries;
        try
        {
            entries = folder.Entries(MostEntries);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            errors.Add(GoldenPathReader.Unreadable(folder, error));
            return;
        }

        if (depth > MostDepth)
        {
            Add(folder.Place, $"lies deeper than {MostDepth} folders");
            return;
        }

        foreach (var entry in entries)
        {
            if (_isFull)
            {
                return;
            }

            Visit(entry, prefix, depth);
        }
    }

    private void Visit(TemplateEntry entry, string prefix, int depth)
    {
        if (++_entries > MostEntries)
        {
            Fill(entry, $"is one more than the {MostEntries} files and folders that a skeleton may hold");
        }
        else if (entry.Kind == TemplateEntryKind.Folder)
        {
            Walk(entry, $"{prefix}{entry.Name}/", depth + 1);
        }
        else if (entry.Kind != TemplateEntryKind.File)
        {
            Add(entry.Place, $"is {Word(entry.Kind)}: a skeleton holds files and folders only");
        }
        else if (_files.Count >= MostFiles)
        {
            Fill(entry, $"is one too many: a skeleton holds more than {MostFiles} files");
        }
        else
        {
            Take(entry, prefix + entry.Name);
        }
    }

    private void Take(TemplateEntry file, string path)
    {
        // What is too large in itself is said of itself alone.
        if (file.Length > MostBytes || (_bytes += file.Length) > MostBytesInAll)
        {
            Add(file.Place, $"is too large: {MostBytes} bytes a file and {MostBytesInAll} in all are the most");
            _isFull = _bytes > MostBytesInAll;
            return;
        }

        byte[] content;
        bool executable;
        try
        {
            (content, executable) = (file.Read(), file.Executable);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            errors.Add(GoldenPathReader.Unreadable(file, error));
            return;
        }

        var matching = rules.Where(rule => Fits(rule, path)).ToList();
        var verbatim = matching.Any(rule => rule.Verbatim) || !Utf8Text.IsText(content);
        if (!verbatim && !MayBeParsed(content))
        {
            var message = $"has more than {MostLines} lines, or {MostLinesInAll} with all others that have placeholders: 'verbatim: true' takes it as it is";
            Add(file.Place, message);
            return;
        }

        _files.Add(new SkeletonFile
        {
            Path = path,
            Content = content,
            Executable = executable,
            EachEnvironment = matching.Any(rule => rule.Each == Repetition.Environments),
            When = [.. matching.Select(rule => rule.When).OfType<string>()],
            Verbatim = verbatim,
            Once = matching.Any(rule => rule.Once),
        });
    }

    // Each line of a file with placeholders is an object of its own.
    private bool MayBeParsed(ReadOnlySpan<byte> content)
    {
        var lines = content.IndexOf("{{"u8) < 0 ? 0 : content.Count((byte)'\n');
        return lines <= MostLines && (_lines += lines) <= MostLinesInAll;
    }

    private void Fill(TemplateEntry entry, string message)
    {
        _isFull = true;
        Add(entry.Place, message);
    }

    /// <summary>Whether a rule speaks of a path.</summary>
    internal static bool Fits(FileRule rule, string path) =>
        Glob.Matches(rule.Path.Replace("**", "*", StringComparison.Ordinal), path, StringComparison.Ordinal);

    private void Add(string file, string message) => errors.Add(new FileError(file, 0, 0, "", message));
}
