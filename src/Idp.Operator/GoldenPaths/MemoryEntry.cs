namespace Idp.Operator.GoldenPaths;

/// <summary>A file or folder that is in memory: of a commit that was fetched, or of a template that is being brought in.</summary>
internal sealed class MemoryEntry : TemplateEntry
{
    private readonly SortedDictionary<string, MemoryEntry> _entries = new(StringComparer.Ordinal);
    private readonly ReadOnlyMemory<byte> _content;

    private MemoryEntry(string name, string place, TemplateEntryKind kind, ReadOnlyMemory<byte> content = default) =>
        (Name, Place, Kind, _content) = (name, place, kind, content);

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override string Place { get; }

    /// <inheritdoc/>
    public override TemplateEntryKind Kind { get; }

    /// <inheritdoc/>
    public override long Length => StatedLength ?? _content.Length;

    /// <inheritdoc/>
    public override bool Executable => IsExecutable;

    private bool IsExecutable { get; init; }

    private long? StatedLength { get; init; }

    /// <summary>An empty folder.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="place">Where it is, for people.</param>
    public static MemoryEntry Folder(string name, string place) => new(name, place, TemplateEntryKind.Folder);

    /// <summary>The folder of that name in here, which is made where there is none.</summary>
    public MemoryEntry Folder(string name)
    {
        if (!_entries.TryGetValue(name, out var folder))
        {
            _entries[name] = folder = Folder(name, $"{Place}/{name}");
        }

        return folder;
    }

    /// <summary>Puts a file in here.</summary>
    public void File(string name, ReadOnlyMemory<byte> content, bool executable = false) =>
        _entries[name] = new MemoryEntry(name, $"{Place}/{name}", TemplateEntryKind.File, content) { IsExecutable = executable };

    /// <summary>Puts something in here that is known by name and length alone, since it is refused anyway.</summary>
    public void Other(string name, TemplateEntryKind kind, long length = 0) =>
        _entries[name] = new MemoryEntry(name, $"{Place}/{name}", kind) { StatedLength = length };

    /// <inheritdoc/>
    public override byte[] Read() => _content.Length == Length ? _content.ToArray() : throw new IOException("it was left out for its size");

    /// <inheritdoc/>
    public override IReadOnlyList<TemplateEntry> Entries(int most) => Bounded(_entries.Values, most);
}
