namespace Idp.Testing.GoldenPaths;

/// <summary>What an update to another version has to come to in one repository.</summary>
/// <param name="Files">One for each file that was brought or is wanted, by path.</param>
public sealed record ExpectedUpdate(IReadOnlyList<ExpectedFile> Files)
{
    /// <summary>How many files have each outcome; those that none has are not there.</summary>
    public IReadOnlyDictionary<FileClass, int> Counts => Files.GroupBy(file => file.Outcome).ToDictionary(group => group.Key, group => group.Count());

    /// <summary>The outcome of each file.</summary>
    public IReadOnlyDictionary<string, FileClass> Outcomes => Files.ToDictionary(file => file.Path, file => file.Outcome, StringComparer.Ordinal);

    /// <summary>Whether anything in the repository is to change.</summary>
    public bool HasContent => Files.Any(file => file.Written is not null || file.Outcome == FileClass.Removed);

    /// <summary>What the repository has to hold once it is merged, if the team had these files.</summary>
    public IReadOnlyDictionary<string, TeamFile> After(IReadOnlyDictionary<string, TeamFile> team)
    {
        var after = new Dictionary<string, TeamFile>(team, StringComparer.Ordinal);
        foreach (var file in Files)
        {
            if (file.Outcome == FileClass.Removed)
            {
                after.Remove(file.Place);
            }
            else if (file.Written is { } written)
            {
                after[file.Place] = written;
            }
        }

        return after;
    }
}

/// <summary>What has to come of one file.</summary>
public sealed record ExpectedFile
{
    /// <summary>The golden path's own path.</summary>
    public required string Path { get; init; }

    /// <summary>Where the team has it.</summary>
    public required string Place { get; init; }

    /// <summary>What has to come of it.</summary>
    public required FileClass Outcome { get; init; }

    /// <summary>What has to be written; null where what is there stays as it is.</summary>
    public TeamFile? Written { get; init; }

    /// <summary>To what it counts as brought once it is merged; null where that does not change.</summary>
    public TemplateFile? Brought { get; init; }

    /// <summary>Whether the golden path has nothing to do with it any more.</summary>
    public bool IsForgotten { get; init; }
}

/// <summary>What comes of a file.</summary>
public enum FileClass
{
    /// <summary>The golden path did not change it, or the team has it so already.</summary>
    Unchanged,

    /// <summary>The team had it as it was brought, and gets the new one.</summary>
    FastForward,

    /// <summary>Both changed it, and the changes go together.</summary>
    Merged,

    /// <summary>Both changed it, and it stays as the team has it.</summary>
    Conflict,

    /// <summary>The team deleted it, and it stays so.</summary>
    TeamDeleted,

    /// <summary>It is the team's own.</summary>
    TeamOwned,

    /// <summary>The team moved it, and it is changed where it is.</summary>
    Renamed,

    /// <summary>It is new.</summary>
    Added,

    /// <summary>The golden path has it no more, and the team had it as it was brought.</summary>
    Removed,
}
