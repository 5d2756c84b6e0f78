using Idp.GitHub;

namespace Idp.Operator.GoldenPaths.Updates;

/// <summary>All that an update is decided by.</summary>
public sealed record UpdateInput
{
    /// <summary>What was brought, by the lock of the repository.</summary>
    public required GoldenPathLock Lock { get; init; }

    /// <summary>What it is to be brought to.</summary>
    public required RenderedFor Target { get; init; }

    /// <summary>The files that are wanted.</summary>
    public required IReadOnlyList<RenderedFile> Wanted { get; init; }

    /// <summary>The files that the team has now, by path.</summary>
    public required IReadOnlyDictionary<string, TreeFile> Team { get; init; }

    /// <summary>Where the team moved files that are not at their place any more.</summary>
    public IReadOnlyDictionary<string, string> Moved { get; init; } = new Dictionary<string, string>();

    /// <summary>The content of a Git object; null where it cannot be had.</summary>
    public required Func<string, byte[]?> Read { get; init; }
}

/// <summary>What is changed in a repository so that it follows another version of its golden path: a three-way merge for each file.</summary>
/// <param name="Target">What it is brought to.</param>
/// <param name="Files">Every file that the golden path has or had, by path.</param>
/// <param name="Lock">The lock afterwards, unsigned.</param>
public sealed record GoldenPathUpdatePlan(RenderedFor Target, IReadOnlyList<FileUpdate> Files, GoldenPathLock Lock)
{
    /// <summary>Whether there is anything for people to look at.</summary>
    public bool HasContent => Files.Any(file => file.IsNews);

    /// <summary>The files to write, without the lock.</summary>
    public IReadOnlyList<RepositoryFile> Writes =>
    [
        .. from file in Files
           where file.Written is not null
           select new RepositoryFile { Path = file.Place, Content = file.Written!.Value.Bytes, Executable = file.Written.Value.Executable },
    ];

    /// <summary>The files to delete.</summary>
    public IReadOnlyList<string> Deletions => [.. Files.Where(file => file.Outcome == FileOutcome.Removed).Select(file => file.Place)];

    /// <summary>How many files have which outcome; without those that have none.</summary>
    public IReadOnlyDictionary<FileOutcome, int> Counts => Files.CountBy(file => file.Outcome).OrderBy(count => count.Key).ToDictionary();

    /// <summary>The files that the team may have moved: brought, and not where they were brought to.</summary>
    public static IReadOnlyDictionary<string, string> Missing(GoldenPathLock @lock, IReadOnlyDictionary<string, TreeFile> team) =>
        @lock.Files.Where(file => file.Blob.Length > 0 && !team.ContainsKey(file.Path)).ToDictionary(file => file.Path, file => file.Blob);

    /// <summary>Decides about every file.</summary>
    public static GoldenPathUpdatePlan For(UpdateInput input)
    {
        var merge = new FileDecision(input);
        var known = input.Lock.Files.ToDictionary(file => file.Path);
        var wanted = input.Wanted.ToDictionary(file => file.Path);
        var files = known.Keys.Union(wanted.Keys).Order(StringComparer.Ordinal)
            .Select(path => merge.For(path, known.GetValueOrDefault(path), wanted.GetValueOrDefault(path)))
            .ToList();
        var @lock = input.Lock with
        {
            Version = input.Target.Version,
            Inputs = input.Target.Inputs,
            Parameters = input.Target.Parameters,
            Files = [.. files.Select(file => file.Locked).OfType<LockedFile>()],
            Signature = null,
        };
        return new GoldenPathUpdatePlan(input.Target, files, @lock);
    }
}
