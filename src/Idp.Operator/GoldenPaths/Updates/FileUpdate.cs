namespace Idp.Operator.GoldenPaths.Updates;

/// <summary>What comes of one file of a golden path when a repository is brought to another version.</summary>
public enum FileOutcome
{
    /// <summary>The golden path did not change it, or the team has it so already.</summary>
    Unchanged,

    /// <summary>The team had it as it was brought, so it becomes as it is wanted.</summary>
    FastForward,

    /// <summary>The changes of both are in it.</summary>
    Merged,

    /// <summary>The changes of both do not go together: the team's file stays as it is.</summary>
    Conflict,

    /// <summary>The team deleted it: it stays so.</summary>
    TeamDeleted,

    /// <summary>It is the team's: laid once, or there before the platform.</summary>
    TeamOwned,

    /// <summary>The team moved it: it is brought there.</summary>
    Renamed,

    /// <summary>It is new.</summary>
    Added,

    /// <summary>The golden path has it no more, and the team had it as it was brought.</summary>
    Removed,
}

/// <summary>One file of an update.</summary>
/// <param name="Path">Where the golden path has it.</param>
/// <param name="Outcome">What comes of it.</param>
public sealed record FileUpdate(string Path, FileOutcome Outcome)
{
    /// <summary>Where the team has it: the same path, unless they moved it.</summary>
    public string Place { get; init; } = Path;

    /// <summary>What is written to <see cref="Place"/>; null where nothing is.</summary>
    public FileContent? Written { get; init; }

    /// <summary>What the golden path wants; null where it has no such file any more.</summary>
    public FileContent? Wanted { get; init; }

    /// <summary>What was brought last; null where nothing was, or where it cannot be had any more.</summary>
    public ReadOnlyMemory<byte>? Base { get; init; }

    /// <summary>Whether people have something to look at: a change, or a conflict that they have not been shown.</summary>
    public bool IsNews { get; init; }

    /// <summary>What the lock says of the file afterwards; null where it says nothing.</summary>
    public LockedFile? Locked { get; init; }
}

/// <summary>What a file holds, and whether it can be run.</summary>
/// <param name="Bytes">Its bytes.</param>
/// <param name="Blob">The Git object that they are.</param>
/// <param name="Executable">Whether it can be run.</param>
public readonly record struct FileContent(ReadOnlyMemory<byte> Bytes, string Blob, bool Executable)
{
    /// <summary>Whether it is the same file, byte by byte and in its mode.</summary>
    public bool Is(string blob, bool executable) => Blob == blob && Executable == executable;
}
