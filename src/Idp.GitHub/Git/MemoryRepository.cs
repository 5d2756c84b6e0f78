using System.Collections.Concurrent;
using LibGit2Sharp;

namespace Idp.GitHub;

/// <summary>A bare Git repository in which commits are made and from which they are pushed, without a file.</summary>
/// <remarks>
/// Its objects are in memory, and it serves one push after the other, each time without any. libgit2 wants a folder all the same: all of them are
/// opened on an empty one, which nothing is ever written to. One of its own for each push was most of what the push cost.
/// </remarks>
internal sealed class MemoryRepository : IDisposable
{
    private static readonly ConcurrentBag<MemoryRepository> Free = [];
    private static readonly Lock Making = new();
    private static ObjectStore? _empty;
    private readonly MemoryObjects _objects = new();
    private readonly string _references;

    static MemoryRepository() => AppDomain.CurrentDomain.ProcessExit += (_, _) => _empty?.Dispose();

    private MemoryRepository(string folder)
    {
        _references = ReferencesIn(folder);
        Git = new LibGit2Sharp.Repository(folder);
        _objects.AddTo(Git);
    }

    /// <summary>The repository.</summary>
    public LibGit2Sharp.Repository Git { get; }

    /// <summary>Takes one without any object, which nobody else has.</summary>
    public static MemoryRepository Take()
    {
        while (Free.TryTake(out var free))
        {
            // Whoever tidies up where temporary files are may have taken the folder.
            if (Directory.Exists(free._references))
            {
                return free;
            }

            free.Git.Dispose();
        }

        return new MemoryRepository(EmptyFolder());
    }

    /// <summary>Leaves it to the next.</summary>
    public void Dispose()
    {
        _objects.Clear();
        Free.Add(this);
    }

    private static string EmptyFolder()
    {
        lock (Making)
        {
            if (_empty is null || !Directory.Exists(ReferencesIn(_empty.Folder)))
            {
                _empty?.Dispose();
                _empty = ObjectStore.Open(GitHubOptions.Temporary);

                // Else it is read again for each object that is not there yet.
                Directory.Delete(Path.Combine(_empty.Folder, "objects", "pack"));
            }

            return _empty.Folder;
        }
    }

    private static string ReferencesIn(string folder) => Path.Combine(folder, "refs", "heads");
}

/// <summary>Keeps the objects that are made for a push in memory.</summary>
/// <remarks>
/// As files, each would be made and deleted within a moment: that took more than half of a busy operator's processor time, most of it in the file system.
/// What is fetched comes as one pack, which Git keeps in its folder.
/// </remarks>
internal sealed class MemoryObjects : OdbBackend
{
    // libgit2's own have 1 and 2.
    private const int BeforeFiles = 10;

    // libgit2 has no address for nothing, so it cannot write it.
    private static readonly KeyValuePair<ObjectId, (ObjectType Type, byte[] Content)> EmptyFile =
        new(new ObjectId("e69de29bb2d1d6434b8b29ae775ad8c2e48c5391"), (ObjectType.Blob, []));

    private readonly Dictionary<ObjectId, (ObjectType Type, byte[] Content)> _objects = new([EmptyFile]);

    /// <inheritdoc/>
    protected override OdbBackendOperations SupportedOperations =>
        OdbBackendOperations.Read | OdbBackendOperations.ReadHeader | OdbBackendOperations.Write | OdbBackendOperations.Exists;

    /// <summary>Makes them objects of the repository, and keeps in here what is written to it.</summary>
    public void AddTo(LibGit2Sharp.Repository repository) => repository.ObjectDatabase.AddBackend(this, BeforeFiles);

    /// <summary>Forgets them all.</summary>
    public void Clear()
    {
        _objects.Clear();
        _objects.Add(EmptyFile.Key, EmptyFile.Value);
    }

    /// <inheritdoc/>
    public override int Read(ObjectId id, out UnmanagedMemoryStream data, out ObjectType objectType)
    {
        if (!_objects.TryGetValue(id, out var found))
        {
            (data, objectType) = (null!, default);
            return (int)ReturnCode.GIT_ENOTFOUND;
        }

        (data, objectType) = (AllocateAndBuildFrom(found.Content), found.Type);
        return (int)ReturnCode.GIT_OK;
    }

    /// <inheritdoc/>
    public override int ReadHeader(ObjectId id, out int length, out ObjectType objectType)
    {
        var isKnown = _objects.TryGetValue(id, out var found);
        (length, objectType) = isKnown ? (found.Content.Length, found.Type) : default;
        return (int)(isKnown ? ReturnCode.GIT_OK : ReturnCode.GIT_ENOTFOUND);
    }

    /// <inheritdoc/>
    public override int Write(ObjectId id, Stream dataStream, long length, ObjectType objectType)
    {
        var content = new byte[length];
        dataStream.ReadExactly(content);
        _objects[id] = (objectType, content);
        return (int)ReturnCode.GIT_OK;
    }

    /// <inheritdoc/>
    public override bool Exists(ObjectId id) => _objects.ContainsKey(id);

    // Not among the supported operations, so libgit2 asks for none of these.

    /// <inheritdoc/>
    public override int ReadPrefix(string shortSha, out ObjectId oid, out UnmanagedMemoryStream data, out ObjectType objectType) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override int ReadStream(ObjectId id, out OdbBackendStream stream) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override int WriteStream(long length, ObjectType objectType, out OdbBackendStream stream) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override int ExistsPrefix(string shortSha, out ObjectId found) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override int ForEach(ForEachCallback callback) => throw new NotSupportedException();
}
