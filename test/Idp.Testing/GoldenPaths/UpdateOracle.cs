namespace Idp.Testing.GoldenPaths;

/// <summary>Says by git alone what an update has to come to: by the rules that are promised, in a model that shares nothing with the operator.</summary>
/// <remarks>
/// <list type="bullet">
/// <item>Not brought yet: Added where nothing is; Unchanged where the team has the same; else Conflict, or TeamOwned in a repository that was adopted.</item>
/// <item>Gone and not moved: TeamDeleted. With <c>once</c>: TeamOwned.</item>
/// <item>As it was, or as the team has it: Unchanged, also where the team moved it.</item>
/// <item>No more wanted: Removed if the team has it as it was brought, at its own place; Unchanged if it is gone; else Conflict.</item>
/// <item>Else FastForward, Merged, or where it was moved Renamed, if it goes together; Conflict if it does not, or if no file is there.</item>
/// </list>
/// </remarks>
public static class UpdateOracle
{
    /// <summary>What has to come of every file, if the repository is brought to that version from its last commit.</summary>
    public static async Task<ExpectedUpdate> ExpectedAsync(FleetRepository repository, TemplateVersion next)
    {
        var team = await repository.ReadAsync();
        var moved = await MoveOracle.FindAsync(repository, next, team);
        var files = new List<ExpectedFile>();
        foreach (var path in repository.Bases.Keys.Union(next.Files.Keys).Order(StringComparer.Ordinal))
        {
            var file = new OneFile(repository, team, path)
            {
                Base = repository.Bases.GetValueOrDefault(path),
                Next = next.Files.GetValueOrDefault(path),
                Place = moved.GetValueOrDefault(path, path),
            };
            files.Add(await ExpectedAsync(file));
        }

        return new ExpectedUpdate(files);
    }

    private static Task<ExpectedFile> ExpectedAsync(OneFile file) => file switch
    {
        { Base: null } => Task.FromResult(New(file)),
        { Next: null } => Task.FromResult(Ended(file)),
        _ => KnownAsync(file, file.Base, file.Next),
    };

    private static ExpectedFile New(OneFile file)
    {
        var wanted = file.Next!;
        return file.Team switch
        {
            { } team when team.IsSame(wanted) => file.Is(FileClass.Unchanged) with { Brought = wanted },
            null when !file.IsBlocked => file.Is(FileClass.Added) with { Brought = wanted, Written = Plain(wanted.Content, wanted.Executable) },
            not null when file.Repository.Adopted => file.Is(FileClass.TeamOwned),
            _ => file.Is(FileClass.Conflict),
        };
    }

    private static ExpectedFile Ended(OneFile file) => file.Is(
        file.Team is null ? FileClass.Unchanged
            : file.Place == file.Path && file.Team.IsSame(file.Base!) ? FileClass.Removed
            : FileClass.Conflict) with
    {
        IsForgotten = true,
    };

    private static async Task<ExpectedFile> KnownAsync(OneFile file, TemplateFile before, TemplateFile wanted)
    {
        if (wanted.Once)
        {
            return file.Is(FileClass.TeamOwned);
        }

        if (file.Team is null && !file.IsFolder)
        {
            return file.Is(FileClass.TeamDeleted);
        }

        if (wanted.IsSame(before) || file.Team?.IsSame(wanted) == true)
        {
            return file.Is(FileClass.Unchanged) with { Brought = wanted };
        }

        if (file.Team is not { IsPlain: true } team)
        {
            return file.Is(FileClass.Conflict);
        }

        var merged = await MergeOracle.MergeAsync(file.Repository.Git, before, team, wanted);
        if (merged is null)
        {
            return file.Is(FileClass.Conflict);
        }

        return file.Is(file.Place != file.Path ? FileClass.Renamed : team.IsSame(before) ? FileClass.FastForward : FileClass.Merged) with
        {
            Brought = wanted,
            Written = merged.Mode == team.Mode && merged.Content.AsSpan().SequenceEqual(team.Content) ? null : merged,
        };
    }

    private static TeamFile Plain(byte[] content, bool executable) => new(executable ? "100755" : "100644", content);

    /// <summary>All that is known of one file.</summary>
    private sealed record OneFile(FleetRepository Repository, IReadOnlyDictionary<string, TeamFile> All, string Path)
    {
        public TemplateFile? Base { get; init; }

        public TemplateFile? Next { get; init; }

        public required string Place { get; init; }

        public TeamFile? Team => All.GetValueOrDefault(Place);

        public bool IsFolder => All.Keys.Any(other => other.StartsWith($"{Place}/", StringComparison.Ordinal));

        // A folder of its name, or a file where a folder has to be; also in other letters, for on many machines both cannot be.
        public bool IsBlocked => All.Keys.Any(other =>
            other.Equals(Path, StringComparison.OrdinalIgnoreCase)
            || other.StartsWith($"{Path}/", StringComparison.OrdinalIgnoreCase)
            || Path.StartsWith($"{other}/", StringComparison.OrdinalIgnoreCase));

        public ExpectedFile Is(FileClass outcome) => new() { Path = Path, Place = Place, Outcome = outcome };
    }
}
