using System.Security.Cryptography;
using System.Text;
using LibGit2Sharp;

namespace Idp.GitHub;

/// <summary>What was fetched of a repository, to be read as files and folders without any of them being on disk. For one thread at a time.</summary>
public sealed class GitCheckout : IDisposable
{
    /// <summary>Where revisions are named.</summary>
    internal const string Names = "refs/idp/";

    private const string StateFile = "idp-state";
    private readonly LibGit2Sharp.Repository _git;

    private GitCheckout(LibGit2Sharp.Repository git) => _git = git;

    /// <summary>The names of the states that there are, sorted.</summary>
    /// <exception cref="IOException">They cannot be read.</exception>
    public IReadOnlyList<string> Revisions => GitEntry.Try<IReadOnlyList<string>>(() =>
        [.. _git.Refs.FromGlob($"{Names}*").Select(reference => reference.CanonicalName[Names.Length..]).Order(StringComparer.Ordinal)]);

    /// <summary>Opens what <see cref="GitSource"/> has fetched into a folder; null where there is nothing whole.</summary>
    public static GitCheckout? Open(string folder)
    {
        if (!File.Exists(Path.Combine(folder, StateFile)))
        {
            return null;
        }

        try
        {
            // So that no settings of the machine count; the type of the transport sees to them.
            _ = GitSubtransport.Address;
            return new GitCheckout(new LibGit2Sharp.Repository(folder));
        }
        catch (LibGit2SharpException)
        {
            return null;
        }
    }

    /// <summary>The folder at the root of a state.</summary>
    /// <exception cref="IOException">There is no such state.</exception>
    public GitEntry Root(string revision) => GitEntry.Try(() =>
        _git.Refs[Names + revision]?.ResolveToDirectReference()?.Target.Peel<Commit>() is { } commit
            ? new GitEntry(_git, "", Mode.Directory, commit.Tree.Id)
            : throw new IOException($"there is no {revision}"));

    /// <summary>Lets the files go.</summary>
    public void Dispose() => _git.Dispose();

    /// <summary>What a folder holds, for comparison; empty for nothing whole.</summary>
    internal static string StateOf(string folder)
    {
        var file = Path.Combine(folder, StateFile);
        return File.Exists(file) ? File.ReadAllText(file) : "";
    }

    /// <summary>What a folder would hold with these revisions.</summary>
    internal static string StateOf(IReadOnlyList<GitRevision> revisions) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Join('\n', revisions.OrderBy(revision => revision.Name, StringComparer.Ordinal).Select(revision => $"{revision.Name} {revision.Sha}")))));

    /// <summary>Says that a folder is whole.</summary>
    internal static void Write(string folder, IReadOnlyList<GitRevision> revisions) => File.WriteAllText(Path.Combine(folder, StateFile), StateOf(revisions));
}

/// <summary>A file or folder of a state. Nothing in it is trusted, and nothing is read of it before it is asked for.</summary>
public sealed class GitEntry
{
    // Of a folder with some hundred thousand entries.
    private const long LargestFolder = 16 * 1024 * 1024;
    private readonly LibGit2Sharp.Repository _git;
    private readonly ObjectId _id;
    private readonly Mode _mode;

    internal GitEntry(LibGit2Sharp.Repository git, string name, Mode mode, ObjectId id) => (_git, Name, _mode, _id) = (git, name, mode, id);

    /// <summary>Its name in its folder, whatever somebody wrote there.</summary>
    public string Name { get; }

    /// <summary>What it is.</summary>
    public GitEntryKind Kind => _mode switch
    {
        Mode.Directory => GitEntryKind.Folder,
        Mode.SymbolicLink => GitEntryKind.Link,
        Mode.GitLink => GitEntryKind.Submodule,
        _ => GitEntryKind.File,
    };

    /// <summary>Whether a file can be run.</summary>
    public bool Executable => _mode == Mode.ExecutableFile;

    /// <summary>How many bytes a file has; found out without reading it.</summary>
    /// <exception cref="IOException">It is not there.</exception>
    public long Length => Kind is GitEntryKind.File or GitEntryKind.Folder ? Try(() => _git.ObjectDatabase.RetrieveObjectMetadata(_id).Size) : 0;

    /// <summary>The bytes of a file.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public byte[] Read() => Try(() =>
    {
        using var content = _git.Lookup<Blob>(_id)?.GetContentStream() ?? throw new IOException("it is no file");
        using var bytes = new MemoryStream();
        content.CopyTo(bytes);
        return bytes.ToArray();
    });

    /// <summary>What is in a folder; no more than so many.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public IReadOnlyList<GitEntry> Entries(int most) => Try<IReadOnlyList<GitEntry>>(() =>
    {
        if (Length > LargestFolder)
        {
            throw new IOException("it is too large");
        }

        var tree = _git.Lookup<Tree>(_id) ?? throw new IOException("it is no folder");
        return [.. tree.Take(most).Select(entry => new GitEntry(_git, entry.Name, entry.Mode, entry.Target.Id))];
    });

    /// <summary>Reads, and says in the framework's words what went wrong.</summary>
    internal static T Try<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (LibGit2SharpException error)
        {
            throw new IOException(error.Message, error);
        }
    }
}

/// <summary>What an entry of a state is.</summary>
public enum GitEntryKind
{
    /// <summary>A file.</summary>
    File,

    /// <summary>A folder.</summary>
    Folder,

    /// <summary>A symbolic link.</summary>
    Link,

    /// <summary>Another repository, of which there is only the address.</summary>
    Submodule,
}
