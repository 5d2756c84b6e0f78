using Idp.GitHub;

namespace Idp.Operator.GoldenPaths.Sources;

/// <summary>A file or folder of a commit.</summary>
/// <param name="entry">What it is.</param>
/// <param name="place">Where it is, for people.</param>
internal sealed class GitTemplateEntry(GitEntry entry, string place) : TemplateEntry
{
    /// <inheritdoc/>
    public override string Name => entry.Name;

    /// <inheritdoc/>
    public override string Place => place;

    /// <inheritdoc/>
    public override TemplateEntryKind Kind => entry.Kind switch
    {
        GitEntryKind.File => TemplateEntryKind.File,
        GitEntryKind.Folder => TemplateEntryKind.Folder,
        GitEntryKind.Link => TemplateEntryKind.Link,
        _ => TemplateEntryKind.Submodule,
    };

    /// <inheritdoc/>
    public override long Length => entry.Length;

    /// <inheritdoc/>
    public override bool Executable => entry.Executable;

    /// <inheritdoc/>
    public override byte[] Read() => entry.Read();

    /// <inheritdoc/>
    public override IReadOnlyList<TemplateEntry> Entries(int most) =>
        Bounded(entry.Entries(most + 1).Select(each => new GitTemplateEntry(each, place.EndsWith(':') ? place + each.Name : $"{place}/{each.Name}")), most);
}
