using System.Text;

namespace Idp.Testing.GoldenPaths;

/// <summary>A clone of a repository that follows a golden path: in it a team works, and from it the oracle reads what the team has.</summary>
/// <remarks>It knows to what each file was brought last: by a model of its own, and not by what the operator wrote into the repository.</remarks>
public sealed class FleetRepository
{
    private readonly Dictionary<string, TemplateFile> _bases = new(StringComparer.Ordinal);

    private FleetRepository(GitFolder git, bool adopted) => (Git, Adopted) = (git, adopted);

    /// <summary>Where it is, for git.</summary>
    public GitFolder Git { get; }

    /// <summary>Whether it was there before the golden path came: then what is in it and was not brought is the team's.</summary>
    public bool Adopted { get; }

    /// <summary>What each file was brought to last, by the golden path's own path.</summary>
    public IReadOnlyDictionary<string, TemplateFile> Bases => _bases;

    /// <summary>Begins a repository with a version of a golden path, as its first commit.</summary>
    public static async Task<FleetRepository> BeginAsync(string folder, TemplateVersion first)
    {
        var made = await BeginEmptyAsync(folder, adopted: false);
        foreach (var (path, file) in first.Files)
        {
            made.Write(path, file.Content, file.Executable);
            made._bases[path] = file;
        }

        await made.CommitAsync($"Start from {first.Version}");
        return made;
    }

    /// <summary>Begins a repository of a team's own files, to which a golden path is to be brought.</summary>
    public static async Task<FleetRepository> AdoptAsync(string folder, params (string Path, string Text)[] files)
    {
        var made = await BeginEmptyAsync(folder, adopted: true);
        foreach (var (path, text) in files)
        {
            made.Write(path, Encoding.UTF8.GetBytes(text));
        }

        await made.CommitAsync("The team's own");
        return made;
    }

    /// <summary>Clones a repository into which a version of a golden path was laid; null for one that was there before.</summary>
    public static async Task<FleetRepository> CloneAsync(Uri address, string folder, TemplateVersion? laid)
    {
        var parent = Directory.CreateDirectory(Path.GetDirectoryName(folder)!);
        await new GitFolder(parent.FullName).RunAsync("clone", "--quiet", address.AbsoluteUri, folder);
        var clone = new FleetRepository(new GitFolder(folder), adopted: laid is null);
        foreach (var (path, file) in laid?.Files ?? new Dictionary<string, TemplateFile>())
        {
            clone._bases[path] = file;
        }

        return clone;
    }

    /// <summary>Reads the last commit's files from git: those of the platform itself, below <c>.idp</c>, are not among them.</summary>
    public async Task<IReadOnlyDictionary<string, TeamFile>> ReadAsync()
    {
        var files = new Dictionary<string, TeamFile>(StringComparer.Ordinal);
        foreach (var line in (await Git.RunAsync("ls-tree", "-r", "-z", "HEAD")).Split('\0', StringSplitOptions.RemoveEmptyEntries))
        {
            var (words, path) = (line.Split('\t')[0].Split(' '), line.Split('\t', 2)[1]);
            if (!path.StartsWith(".idp/", StringComparison.Ordinal))
            {
                files[path] = new TeamFile(words[0], words[0].StartsWith("100", StringComparison.Ordinal) ? await File.ReadAllBytesAsync(Git.File(path)) : []);
            }
        }

        return files;
    }

    /// <summary>Writes a file; git sees it with the next commit.</summary>
    public void Write(string path, byte[] content, bool executable = false)
    {
        var file = new FileInfo(Git.File(path));
        file.Directory!.Create();
        File.WriteAllBytes(file.FullName, content);
        SetExecutable(path, executable);
    }

    /// <summary>Makes a file one that can be run, or not.</summary>
    public void SetExecutable(string path, bool executable)
    {
        const UnixFileMode plain = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        const UnixFileMode run = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Git.File(path), executable ? plain | run : plain);
        }
    }

    /// <summary>Deletes a file.</summary>
    public void Delete(string path) => File.Delete(Git.File(path));

    /// <summary>Commits all that was changed.</summary>
    public async Task CommitAsync(string message)
    {
        await Git.RunAsync("add", "--all");
        await Git.RunAsync("commit", "--quiet", "--allow-empty", "--message", message);
    }

    /// <summary>Pushes to where it was cloned from.</summary>
    public Task PushAsync() => Git.RunAsync("push", "--quiet", "origin", "HEAD");

    /// <summary>Takes over what others pushed.</summary>
    public Task PullAsync() => Git.RunAsync("pull", "--quiet", "--ff-only");

    /// <summary>From now on each file counts as brought to where the update brought it: it was merged.</summary>
    public void Accept(ExpectedUpdate update)
    {
        foreach (var file in update.Files)
        {
            if (file.Brought is { } brought)
            {
                _bases[file.Path] = brought;
            }
            else if (file.IsForgotten)
            {
                _bases.Remove(file.Path);
            }
        }
    }

    private static async Task<FleetRepository> BeginEmptyAsync(string folder, bool adopted)
    {
        var git = new GitFolder(Directory.CreateDirectory(folder).FullName);
        await git.RunAsync("init", "--quiet");
        return new FleetRepository(git, adopted);
    }
}

/// <summary>A file as the team has it.</summary>
/// <param name="Mode">Git's mode.</param>
/// <param name="Content">Its bytes; empty for what is no file.</param>
public sealed record TeamFile(string Mode, byte[] Content)
{
    /// <summary>Whether it is a file, and no link and no submodule.</summary>
    public bool IsPlain => Mode is "100644" or "100755";

    /// <summary>Whether it can be run.</summary>
    public bool Executable => Mode == "100755";

    /// <summary>Whether it is that of a golden path.</summary>
    public bool IsSame(TemplateFile file) => IsPlain && Executable == file.Executable && Content.AsSpan().SequenceEqual(file.Content);
}
