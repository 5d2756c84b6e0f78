namespace Idp.GitHub;

/// <summary>A bare Git repository of its own, in a folder that is gone afterwards: whatever is fetched is packed files.</summary>
/// <remarks>
/// A file beside the folder is held locked as long as it is in use. So whoever opens the next one knows what a killed process
/// left, also where every process has the same number, and removes it.
/// </remarks>
internal sealed class ObjectStore : IDisposable
{
    /// <summary>What GitHub is called in it.</summary>
    public const string Remote = "github";

    // What is pushed is not noted as a branch of the remote's: that would be one more file.
    private const string NoTracking = "+refs/none:refs/none";
    private const string LockSuffix = ".lock";
    private const int Attempts = 100;

    private const UnixFileMode OnlyOurs = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private readonly FileStream _lock;

    private ObjectStore(FileStream held)
    {
        _lock = held;
        Folder = held.Name[..^LockSuffix.Length];
        LibGit2Sharp.Repository.Init(CreateFolder(Folder), isBare: true);
        Git = new LibGit2Sharp.Repository(Folder);
        Git.Network.Remotes.Add(Remote, GitSubtransport.Address, NoTracking);

        // Makes no deltas: to look for them costs more than the few KB that they would save. libgit2 takes it for the size from which a file gets none.
        Git.Config.Set("pack.deltaCacheSize", 1);
        new MemoryObjects().AddTo(Git);
    }

    /// <summary>Where it is.</summary>
    public string Folder { get; }

    /// <summary>The repository.</summary>
    public LibGit2Sharp.Repository Git { get; private set; }

    /// <summary>Makes an empty one below a directory, and removes what was left there.</summary>
    public static ObjectStore Open(string directory)
    {
        var held = Hold(directory);
        foreach (var left in Directory.EnumerateFiles(directory, $"*{LockSuffix}").Where(file => file != held.Name))
        {
            RemoveUnlessInUse(left);
        }

        return new ObjectStore(held);
    }

    /// <summary>Says of commits that what they follow is not here: libgit2 looks for it otherwise.</summary>
    /// <remarks>It reads that only when it opens a repository, so what was made in this one meanwhile is forgotten.</remarks>
    public void Cut(IReadOnlyList<string> commits)
    {
        if (commits.Count > 0)
        {
            Git.Dispose();
            File.WriteAllLines(Path.Combine(Folder, "shallow"), commits);
            Git = new LibGit2Sharp.Repository(Folder);
            new MemoryObjects().AddTo(Git);
        }
    }

    /// <summary>Removes it with all that is in it, and the directory with the last.</summary>
    public void Dispose()
    {
        Git.Dispose();
        Remove(Folder);
        _lock.Dispose();
        try
        {
            Directory.Delete(Path.GetDirectoryName(Folder)!);
        }
        catch (IOException)
        {
            // Another one is in it.
        }
    }

    private static string CreateFolder(string path) =>
        (OperatingSystem.IsWindows() ? Directory.CreateDirectory(path) : Directory.CreateDirectory(path, OnlyOurs)).FullName;

    private static FileStream Hold(string directory)
    {
        for (var left = Attempts; ; left--)
        {
            try
            {
                CreateFolder(directory);
                var file = Path.Combine(directory, $"{Guid.NewGuid():n}{LockSuffix}");
                return new FileStream(file, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
            }
            catch (IOException) when (left > 0)
            {
                // While it was made or before it was locked another one, maybe of another process, removed the directory with its last.
            }
        }
    }

    private static void RemoveUnlessInUse(string file)
    {
        try
        {
            using var held = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
            Remove(file[..^LockSuffix.Length]);
        }
        catch (IOException)
        {
            // In use, or just gone.
        }
    }

    private static void Remove(string folder)
    {
        if (Directory.Exists(folder))
        {
            // Git makes its objects read-only.
            Directory.Delete(folder, recursive: true);
        }
    }
}
