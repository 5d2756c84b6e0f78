using System.Globalization;
using System.IO.Compression;
using System.Text;
using LibGit2Sharp;

namespace Idp.Sandbox.GitHub;

/// <summary>A bare repository on disk. Who changes it has its turn, so that what is compared still holds when it is written.</summary>
internal sealed partial class GitRepository(string path)
{
    public const string NoSha = "0000000000000000000000000000000000000000";

    public void Init(string branch)
    {
        Repository.Init(path, isBare: true);
        SetHead(branch);
    }

    public void SetHead(string branch) => File.WriteAllText(Path.Combine(path, "HEAD"), $"ref: refs/heads/{branch}\n");

    /// <summary>Returns the refs below a name, or the ref itself, with what they point to.</summary>
    public List<(string Name, string Sha)> Refs(string prefix)
    {
        using var git = new Repository(path);
        var below = prefix.TrimEnd('/') + "/";
        return [.. from known in git.Refs.OfType<DirectReference>()
                   where known.CanonicalName == prefix || known.CanonicalName.StartsWith(below, StringComparison.Ordinal)
                   orderby known.CanonicalName
                   select (known.CanonicalName, known.TargetIdentifier)];
    }

    /// <summary>True for the path of a file that Git can hold.</summary>
    public static bool IsPath(string path) =>
        !path.Any(char.IsControl)
        && path.Split('/').All(
            part => part is not ("" or "." or "..") && !part.Equals(".git", StringComparison.OrdinalIgnoreCase));

    /// <summary>Returns the object that a specification names, such as <c>main:README.md</c>; null for a missing one.</summary>
    public GitObject? Read(string specification)
    {
        using var git = new Repository(path);
        try
        {
            return git.Lookup(specification) is { } found ? ReadRaw(found.Sha) : null;
        }
        catch (Exception error) when (error is LibGit2SharpException or ArgumentException)
        {
            // What cannot even be read names nothing.
            return null;
        }
    }

    /// <summary>Returns the object of that name as Git keeps it, each in a file of its own; null for a missing one.</summary>
    public GitObject? ReadRaw(string sha)
    {
        var file = Path.Combine(path, "objects", sha[..2], sha[2..]);
        if (!File.Exists(file))
        {
            return null;
        }

        using var packed = new ZLibStream(File.OpenRead(file), CompressionMode.Decompress);
        using var whole = new MemoryStream();
        packed.CopyTo(whole);
        var bytes = whole.ToArray();
        var end = Array.IndexOf(bytes, (byte)0);
        return new GitObject(sha, Encoding.ASCII.GetString(bytes, 0, end).Split(' ')[0], bytes[(end + 1)..]);
    }

    public string Write(string type, byte[] content)
    {
        using var git = new Repository(path);
        return Write(git, type, content);
    }

    /// <summary>Stores many objects.</summary>
    public void Write(IEnumerable<(string Type, byte[] Content)> objects)
    {
        using var git = new Repository(path);
        foreach (var (type, content) in objects)
        {
            Write(git, type, content);
        }
    }

    /// <summary>Stores a tree with its folders, on top of another if one is given.</summary>
    public string WriteTree(string? baseTree, IEnumerable<GitTreeEntry> files)
    {
        using var git = new Repository(path);
        var tree = baseTree is null ? new TreeDefinition() : TreeDefinition.From(TreeOf(git, baseTree));
        foreach (var file in files)
        {
            tree.Add(file.Path, git.Lookup<Blob>(file.Sha), (Mode)Convert.ToInt32(file.Mode, 8));
        }

        return git.ObjectDatabase.CreateTree(tree).Sha;
    }

    public List<GitTreeEntry> ListTree(string tree, bool recursive)
    {
        using var git = new Repository(path);
        return [.. Entries(git, TreeOf(git, tree), recursive)];
    }

    /// <summary>
    /// Moves a ref if it stands where it is thought to stand, or takes it away; <see cref="NoSha"/> for a ref that is not there (any more).
    /// </summary>
    public bool UpdateRef(string name, string sha, string old)
    {
        using var git = new Repository(path);
        if (((git.Refs[name] as DirectReference)?.TargetIdentifier ?? NoSha) != old)
        {
            return false;
        }

        if (sha == NoSha)
        {
            git.Refs.Remove(name);
        }
        else
        {
            git.Refs.Add(name, new ObjectId(sha), allowOverwrite: true);
        }

        return true;
    }

    public bool IsAncestor(string old, string sha)
    {
        using var git = new Repository(path);
        return git.Lookup<Commit>(old) is { } first && git.Lookup<Commit>(sha) is { } second
            && git.ObjectDatabase.FindMergeBase(first, second)?.Sha == old;
    }

    /// <summary>Every commit that a branch has, from the last one on: who made it, and its message.</summary>
    public List<string> Log(string branch)
    {
        using var git = new Repository(path);
        return [.. from commit in git.Commits.QueryBy(new CommitFilter { IncludeReachableFrom = branch })
                   select $"{commit.Author.Name} <{commit.Author.Email}>, {commit.Committer.Name}: {commit.Message.ReplaceLineEndings(" ").Trim()}"];
    }

    private static string Write(Repository git, string type, byte[] content) => (type switch
    {
        "blob" => git.ObjectDatabase.Write<Blob>(content),
        "tree" => git.ObjectDatabase.Write<Tree>(content),
        "commit" => git.ObjectDatabase.Write<Commit>(content),
        _ => git.ObjectDatabase.Write<TagAnnotation>(content),
    }).Sha;

    private static Tree TreeOf(Repository git, string specification) =>
        git.Lookup<Tree>($"{specification}^{{tree}}") ?? throw new GitFailedException($"{specification} is no tree");

    private static IEnumerable<GitTreeEntry> Entries(Repository git, Tree tree, bool recursive)
    {
        foreach (var entry in tree)
        {
            var mode = Convert.ToString((int)entry.Mode, 8).PadLeft(6, '0');
            var type = entry.TargetType.ToString().ToLower(CultureInfo.InvariantCulture);
            long? size = entry.TargetType == TreeEntryTargetType.Blob ? git.ObjectDatabase.RetrieveObjectMetadata(entry.Target.Id).Size : null;
            yield return new GitTreeEntry(entry.Name, mode, type, entry.Target.Sha, size);
            if (recursive && entry.Target is Tree folder)
            {
                foreach (var below in Entries(git, folder, recursive: true))
                {
                    yield return below with { Path = $"{entry.Name}/{below.Path}" };
                }
            }
        }
    }
}

/// <summary>A Git repository does not hold what it was asked for.</summary>
internal sealed class GitFailedException(string words) : Exception($"git failed: {words}");
