namespace Idp.GitHub;

/// <summary>A bare Git repository of its own for one push, in a folder that is gone afterwards.</summary>
/// <remarks>
/// A file beside the folder is held locked as long as it is in use. So whoever opens the next one knows what a killed process
/// left, also where every process has the same number, and removes it.
/// </remarks>
internal sealed class ObjectStore : IDisposable
{
    private const string LockSuffix = ".lock";
    private const UnixFileMode OnlyOurs = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private readonly FileStream _lock;
    private readonly string _folder;

    private ObjectStore(FileStream held)
    {
        _lock = held;
        _folder = held.Name[..^LockSuffix.Length];
        LibGit2Sharp.Repository.Init(CreateFolder(_folder), isBare: true);
        Git = new LibGit2Sharp.Repository(_folder);
    }

    /// <summary>The repository.</summary>
    public LibGit2Sharp.Repository Git { get; }

    /// <summary>Makes an empty one below a directory, and removes what was left there.</summary>
    public static ObjectStore Open(string directory)
    {
        CreateFolder(directory);
        foreach (var left in Directory.EnumerateFiles(directory, $"*{LockSuffix}"))
        {
            RemoveUnlessInUse(left);
        }

        return new ObjectStore(Hold(directory));
    }

    /// <summary>Removes it with all that is in it.</summary>
    public void Dispose()
    {
        Git.Dispose();
        Remove(_folder);
        _lock.Dispose();
    }

    private static string CreateFolder(string path) =>
        (OperatingSystem.IsWindows() ? Directory.CreateDirectory(path) : Directory.CreateDirectory(path, OnlyOurs)).FullName;

    private static FileStream Hold(string directory)
    {
        while (true)
        {
            try
            {
                var file = Path.Combine(directory, $"{Guid.NewGuid():n}{LockSuffix}");
                return new FileStream(file, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
            }
            catch (IOException) when (Directory.Exists(directory))
            {
                // Between its making and its locking another process took it for one that was left.
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
