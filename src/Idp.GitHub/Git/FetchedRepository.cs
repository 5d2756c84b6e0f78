using LibGit2Sharp;

namespace Idp.GitHub;

/// <summary>Some commits of a repository with their files, and nothing older; on disk until it is disposed.</summary>
/// <remarks>
/// What is in it was made by others: it is read only as far as its bounds, and no path of it is ever one of this machine's. Safe for use from many
/// threads, one of which goes on at a time.
/// </remarks>
public sealed class FetchedRepository : IDisposable
{
    /// <summary>The most entries, folders among them, that are read of one commit.</summary>
    public const int MaxEntries = 50_000;

    /// <summary>The most bytes that are read of one file.</summary>
    public const int MaxFile = 16 * 1024 * 1024;

    private readonly Lock _lock = new();
    private readonly ObjectStore _store;
    private readonly Dictionary<string, IReadOnlyDictionary<string, TreeFile>> _files = new(StringComparer.Ordinal);

    internal FetchedRepository(Repository repository, ObjectStore store) => (Repository, _store) = (repository, store);

    /// <summary>Whose it is.</summary>
    public Repository Repository { get; }

    /// <summary>Returns the SHA of the commit that a reference stands at; null if it was not fetched or was not there.</summary>
    /// <param name="reference">Its full name.</param>
    public string? CommitOf(string reference) => Use(git => Find(git, reference)?.Sha);

    /// <summary>Returns the files by path; none where there is no such reference.</summary>
    /// <param name="reference">Its full name.</param>
    /// <exception cref="AnswerTooLargeException">There are more than <see cref="MaxEntries"/>.</exception>
    public IReadOnlyDictionary<string, TreeFile> FilesOf(string reference) => Use(git =>
    {
        if (!_files.TryGetValue(reference, out var found))
        {
            _files[reference] = found = TreeReader.FilesOf(Find(git, reference)?.Tree, Repository);
        }

        return found;
    });

    /// <summary>Returns the bytes of a file; null where there is no such blob.</summary>
    /// <param name="blob">Its SHA.</param>
    /// <exception cref="AnswerTooLargeException">They are more than <see cref="MaxFile"/>.</exception>
    public byte[]? Read(string blob) => Use(git =>
    {
        if (SizeOf(git, blob) is not { } size)
        {
            return null;
        }

        using var content = size <= MaxFile ? git.Lookup<Blob>(blob).GetContentStream() : throw TooLarge($"file {blob}", $"{MaxFile / 1024} KiB");
        var bytes = new byte[size];
        content.ReadExactly(bytes);
        return bytes;
    });

    /// <summary>Whether a blob of that SHA is here.</summary>
    public bool HasBlob(string blob) => Use(git => SizeOf(git, blob) is not null);

    /// <summary>Takes a file along that was not fetched, so that what was moved can be found by it; returns its blob's SHA.</summary>
    public string Keep(ReadOnlyMemory<byte> content) => Use(git => git.ObjectDatabase.Write<Blob>(content.ToArray()).Sha);

    /// <summary>Where files are now that are no longer at their old paths, by what is in them.</summary>
    /// <remarks>
    /// Equal files come first, those of the same name before others; then those that libgit2 finds to be alike by 60 % or more. An empty file is
    /// like any other empty file, so none is looked for. No file is where two were.
    /// </remarks>
    /// <param name="blobsByOldPath">The files as they were; one that is still at its path, or whose blob is not here, is not looked for.</param>
    /// <param name="reference">Where to look.</param>
    /// <param name="known">The paths at which no moved file can be.</param>
    /// <returns>The new paths by the old ones.</returns>
    public IReadOnlyDictionary<string, string> FindMoved(
        IReadOnlyDictionary<string, string> blobsByOldPath, string reference, IReadOnlySet<string> known)
    {
        var files = FilesOf(reference);
        return Use(git => new MovedFiles(git, blob => SizeOf(git, blob)).Find(
            blobsByOldPath.Where(old => !files.ContainsKey(old.Key)),
            files.Where(file => file.Value.IsPlain && !known.Contains(file.Key) && !blobsByOldPath.ContainsKey(file.Key))));
    }

    /// <summary>Removes it from the disk.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _store.Dispose();
        }
    }

    /// <summary>The commit that a reference stands at; null where there is none.</summary>
    internal static Commit? Find(LibGit2Sharp.Repository git, string reference)
    {
        GitHubNames.CheckReference(reference);
        return git.Refs[reference]?.ResolveToDirectReference()?.Target as Commit;
    }

    /// <summary>Does something with it while nobody else does.</summary>
    internal T Use<T>(Func<LibGit2Sharp.Repository, T> work)
    {
        lock (_lock)
        {
            return work(_store.Git);
        }
    }

    private static long? SizeOf(LibGit2Sharp.Repository git, string blob) =>
        ObjectId.TryParse(blob, out var id)
        && git.ObjectDatabase.Contains(id)
        && git.ObjectDatabase.RetrieveObjectMetadata(id) is { Type: ObjectType.Blob } found
            ? found.Size
            : null;

    private AnswerTooLargeException TooLarge(string what, string limit) => TreeReader.TooLarge(Repository, what, limit);
}

/// <summary>One file of a commit.</summary>
/// <param name="Blob">The SHA of its bytes; of a submodule, that of its commit.</param>
/// <param name="Mode">What it is.</param>
public sealed record TreeFile(string Blob, TreeFileMode Mode)
{
    /// <summary>Whether it is a file with bytes of its own.</summary>
    public bool IsPlain => Mode is TreeFileMode.Regular or TreeFileMode.Executable;
}

/// <summary>What a file of a commit is.</summary>
public enum TreeFileMode
{
    /// <summary>A file.</summary>
    Regular,

    /// <summary>A file that can be run.</summary>
    Executable,

    /// <summary>A symbolic link: its bytes say where to.</summary>
    SymbolicLink,

    /// <summary>Another repository.</summary>
    Submodule,
}
