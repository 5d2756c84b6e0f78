using System.Collections.Concurrent;

namespace Idp.GitHub;

/// <summary>A bare Git repository without a folder, in which commits are made and from which they are pushed.</summary>
/// <remarks>
/// libgit2 opens only what is a folder, and needs nothing of it later. So an empty one is made, opened and removed; and the repository serves
/// one push after the other, each time without a single object. A folder for each push was three quarters of what the push cost.
/// </remarks>
internal sealed class MemoryRepository : IDisposable
{
    private static readonly ConcurrentBag<MemoryRepository> Free = [];
    private readonly MemoryObjects _objects = new();

    private MemoryRepository(string directory)
    {
        using var store = ObjectStore.Open(directory);

        // Else what is not in memory is looked for there again and again.
        Directory.Delete(Path.Combine(store.Folder, "objects", "pack"));
        Git = new LibGit2Sharp.Repository(store.Folder);
        _ = Git.Config.Get<string>("core.bare");
        _objects.AddTo(Git);
    }

    /// <summary>The repository.</summary>
    public LibGit2Sharp.Repository Git { get; }

    /// <summary>Takes an empty one that nobody else has.</summary>
    /// <param name="directory">Where a folder may be made for a moment.</param>
    public static MemoryRepository Take(string directory) => Free.TryTake(out var free) ? free : new MemoryRepository(directory);

    /// <summary>Leaves it, empty, to the next.</summary>
    public void Dispose()
    {
        _objects.Clear();
        Free.Add(this);
    }
}
