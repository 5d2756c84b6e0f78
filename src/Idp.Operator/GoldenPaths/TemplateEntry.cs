using System.Formats.Tar;

namespace Idp.Operator.GoldenPaths;

/// <summary>A file or folder of a source of golden paths: on disk, or of a commit. Nothing in it is trusted.</summary>
internal abstract class TemplateEntry
{
    /// <summary>Its name in its folder.</summary>
    public abstract string Name { get; }

    /// <summary>Where it is, for people.</summary>
    public abstract string Place { get; }

    /// <summary>What it is.</summary>
    public abstract TemplateEntryKind Kind { get; }

    /// <summary>How many bytes a file has.</summary>
    public virtual long Length => 0;

    /// <summary>Whether a file can be run.</summary>
    public virtual bool Executable => false;

    /// <summary>The bytes of a file, not more than its <see cref="Length"/>.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It must not be read.</exception>
    public virtual byte[] Read() => [];

    /// <summary>What is in a folder, by name; no more than so many are looked at.</summary>
    /// <exception cref="IOException">It cannot be read, or holds more.</exception>
    /// <exception cref="UnauthorizedAccessException">It must not be read.</exception>
    public virtual IReadOnlyList<TemplateEntry> Entries(int most) => [];

    /// <summary>An entry of a folder; null where there is none of that name.</summary>
    public TemplateEntry? Find(string name, int most) => Entries(most).FirstOrDefault(entry => entry.Name == name);

    /// <summary>Sorts entries by name, and refuses too many.</summary>
    protected static IReadOnlyList<TemplateEntry> Bounded(IEnumerable<TemplateEntry> entries, int most)
    {
        var found = entries.Take(most + 1).OrderBy(entry => entry.Name, StringComparer.Ordinal).ToList();
        return found.Count <= most ? found : throw new IOException($"it holds more than {most} files and folders");
    }
}

/// <summary>What an entry of a source is.</summary>
internal enum TemplateEntryKind
{
    /// <summary>A file.</summary>
    File,

    /// <summary>A folder.</summary>
    Folder,

    /// <summary>A symbolic link, wherever it leads.</summary>
    Link,

    /// <summary>Another repository, of which a commit has only the address.</summary>
    Submodule,

    /// <summary>A pipe, a socket, a device.</summary>
    Special,
}

/// <summary>A file or folder on disk.</summary>
/// <param name="info">What it is; looked at once.</param>
internal sealed class DiskEntry(FileSystemInfo info) : TemplateEntry
{
    private static readonly EnumerationOptions All = new() { AttributesToSkip = 0, IgnoreInaccessible = false };
    private TemplateEntryKind? _kind;

    /// <summary>The folder of that path.</summary>
    public static DiskEntry Of(string folder) => new(new DirectoryInfo(folder));

    /// <inheritdoc/>
    public override string Name => info.Name;

    /// <inheritdoc/>
    public override string Place => info.FullName;

    /// <inheritdoc/>
    public override TemplateEntryKind Kind => _kind ??= KindOf(info);

    /// <inheritdoc/>
    public override long Length => (info as FileInfo)?.Length ?? 0;

    /// <inheritdoc/>
    public override bool Executable => !OperatingSystem.IsWindows() && (File.GetUnixFileMode(info.FullName) & UnixFileMode.UserExecute) != 0;

    /// <inheritdoc/>
    public override byte[] Read()
    {
        var content = new byte[Length];
        if (content.Length > 0)
        {
            using var file = new FileStream(info.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1);
            Array.Resize(ref content, file.ReadAtLeast(content, content.Length, throwOnEndOfStream: false));
        }

        return content;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<TemplateEntry> Entries(int most) =>
        Bounded(((DirectoryInfo)info).EnumerateFileSystemInfos("*", All).Select(entry => new DiskEntry(entry)), most);

    private static TemplateEntryKind KindOf(FileSystemInfo info) => info switch
    {
        { LinkTarget: not null } => TemplateEntryKind.Link,
        DirectoryInfo => TemplateEntryKind.Folder,
        FileInfo { Length: > 0 } => TemplateEntryKind.File,
        _ => KindOfEmpty(info.FullName),
    };

    /// <summary>Tells an empty file from a pipe, which has no length either and would hold up whoever opens it.</summary>
    /// <remarks>Archives are the only place where the framework says which of the two it is; it opens neither of them for that.</remarks>
    private static TemplateEntryKind KindOfEmpty(string file)
    {
        using var archive = new MemoryStream();
        try
        {
            using (var writer = new TarWriter(archive, leaveOpen: true))
            {
                writer.WriteEntry(file, "file");
            }
        }
        catch (IOException)
        {
            // A socket fits into no archive.
            return TemplateEntryKind.Special;
        }

        archive.Position = 0;
        using var reader = new TarReader(archive);
        return reader.GetNextEntry()?.EntryType == TarEntryType.RegularFile ? TemplateEntryKind.File : TemplateEntryKind.Special;
    }
}
