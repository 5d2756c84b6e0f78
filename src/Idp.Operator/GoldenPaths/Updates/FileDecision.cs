using System.Runtime.InteropServices;
using Idp.GitHub;

namespace Idp.Operator.GoldenPaths.Updates;

/// <summary>Decides what comes of one file: base is what was brought last, theirs what is wanted now, ours what the team has. Pure.</summary>
internal sealed class FileDecision(UpdateInput input)
{
    private readonly HashSet<string> _folders = new(FoldersOf(input.Team.Keys), StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _files = new(input.Team.Keys, StringComparer.OrdinalIgnoreCase);

    /// <summary>The outcome for a file that was brought, is wanted, or both.</summary>
    public FileUpdate For(string path, LockedFile? known, RenderedFile? wanted)
    {
        var theirs = wanted is null ? null : (FileContent?)new FileContent(wanted.Content, FileMerge.BlobOf(wanted.Content), wanted.Executable);
        return (known, theirs) switch
        {
            ({ Blob.Length: > 0 }, null) => Ended(known),
            (_, null) => new FileUpdate(path, FileOutcome.Unchanged),
            ({ Blob.Length: > 0 }, { } content) => Brought(known, content, wanted!.Once),
            (_, { } content) => New(path, known, content),
        };
    }

    private FileUpdate New(string path, LockedFile? known, FileContent wanted)
    {
        if (Find(path) is { } ours)
        {
            return IsSame(ours, wanted) ? Settled(path, FileOutcome.Unchanged, wanted)
                : input.Lock.Adopted ? new FileUpdate(path, FileOutcome.TeamOwned) { Wanted = wanted }
                : Conflict(path, path, known, wanted);
        }

        return IsInTheWay(path)
            ? Conflict(path, path, known, wanted)
            : Settled(path, FileOutcome.Added, wanted) with { Written = wanted, IsNews = true };
    }

    private FileUpdate Brought(LockedFile known, FileContent wanted, bool once)
    {
        var place = PlaceOf(known.Path);
        if (once)
        {
            return new FileUpdate(known.Path, FileOutcome.TeamOwned) { Place = place, Wanted = wanted, Locked = known };
        }

        var isFolder = _folders.Contains(place);
        var ours = Find(place);
        if (ours is null && !isFolder)
        {
            return new FileUpdate(known.Path, FileOutcome.TeamDeleted) { Wanted = wanted, Locked = known };
        }

        if (wanted.Is(known.Blob, known.Executable) || (ours is not null && IsSame(ours, wanted)))
        {
            return Settled(known.Path, FileOutcome.Unchanged, wanted) with { Place = place };
        }

        // What stands in its place may be no file at all: then nobody's change can be in it.
        return ours is null || !IsFile(ours) ? Conflict(known.Path, place, known, wanted)
            : IsSame(ours, known) ? Changed(known, place, wanted, wanted, FileOutcome.FastForward)
            : Merged(known, place, ours, wanted);
    }

    private FileUpdate Merged(LockedFile known, string place, TreeFile ours, FileContent wanted)
    {
        var executable = IsExecutable(ours) == known.Executable ? wanted.Executable : IsExecutable(ours);
        if (wanted.Blob == known.Blob)
        {
            return Read(ours) is { } same ? Changed(known, place, wanted, new FileContent(same, ours.Blob, executable), FileOutcome.Merged)
                : Conflict(known.Path, place, known, wanted);
        }

        if (ours.Blob == known.Blob)
        {
            return Changed(known, place, wanted, wanted with { Executable = executable }, FileOutcome.Merged);
        }

        if (input.Read(known.Blob) is not { } before || Read(ours) is not { } now
            || FileMerge.Merge(before, now, wanted.Bytes).Content is not { } merged || !TeamLines.AreKept(before, now, merged))
        {
            return Conflict(known.Path, place, known, wanted);
        }

        return Changed(known, place, wanted, new FileContent(merged, FileMerge.BlobOf(merged), executable), FileOutcome.Merged);
    }

    private FileUpdate Ended(LockedFile known)
    {
        var place = PlaceOf(known.Path);
        if (Find(place) is not { } ours)
        {
            return new FileUpdate(known.Path, FileOutcome.Unchanged);
        }

        // What the team made its own stays, and from now on it is nobody else's.
        return place == known.Path && IsSame(ours, known)
            ? new FileUpdate(known.Path, FileOutcome.Removed) { IsNews = true }
            : new FileUpdate(known.Path, FileOutcome.Conflict) { Place = place, IsNews = true, Base = Memory(input.Read(known.Blob)) };
    }

    private FileUpdate Changed(LockedFile known, string place, FileContent wanted, FileContent written, FileOutcome outcome)
    {
        var ours = Find(place)!;
        var differs = !IsSame(ours, written);
        return Settled(known.Path, place == known.Path ? outcome : FileOutcome.Renamed, wanted) with
        {
            Place = place,
            Written = differs ? written : null,
            IsNews = differs,
            Base = Memory(input.Read(known.Blob)),
        };
    }

    // The base stays: whatever the team makes of it, the next version is merged from where the file truly is.
    private FileUpdate Conflict(string path, string place, LockedFile? known, FileContent wanted) => new(path, FileOutcome.Conflict)
    {
        Place = place,
        Wanted = wanted,
        Base = known is { Blob.Length: > 0 } ? Memory(input.Read(known.Blob)) : null,
        IsNews = known?.Declined != wanted.Blob,
        Locked = known is null
            ? new LockedFile { Path = path, Version = input.Target.Version, Blob = "", Declined = wanted.Blob }
            : known with { Declined = wanted.Blob },
    };

    private FileUpdate Settled(string path, FileOutcome outcome, FileContent wanted) => new(path, outcome)
    {
        Wanted = wanted,
        Locked = new LockedFile { Path = path, Version = input.Target.Version, Blob = wanted.Blob, Executable = wanted.Executable },
    };

    private string PlaceOf(string path) => input.Moved.GetValueOrDefault(path, path);

    private TreeFile? Find(string path) => input.Team.GetValueOrDefault(path);

    private byte[]? Read(TreeFile file) => input.Read(file.Blob);

    // A folder or file of that name, also in other letters: on many people's machines both cannot be.
    private bool IsInTheWay(string path) => _files.Contains(path) || _folders.Contains(path) || FoldersOf([path]).Any(_files.Contains);

    private static bool IsFile(TreeFile file) => file.Mode is TreeFileMode.Regular or TreeFileMode.Executable;

    private static bool IsExecutable(TreeFile file) => file.Mode == TreeFileMode.Executable;

    private static bool IsSame(TreeFile ours, FileContent content) => IsFile(ours) && content.Is(ours.Blob, IsExecutable(ours));

    private static bool IsSame(TreeFile ours, LockedFile known) => IsFile(ours) && ours.Blob == known.Blob && IsExecutable(ours) == known.Executable;

    private static ReadOnlyMemory<byte>? Memory(byte[]? bytes) => bytes is null ? null : bytes.AsMemory();

    private static IEnumerable<string> FoldersOf(IEnumerable<string> paths)
    {
        foreach (var path in paths)
        {
            for (var slash = path.LastIndexOf('/'); slash > 0; slash = path.LastIndexOf('/', slash - 1))
            {
                yield return path[..slash];
            }
        }
    }
}

/// <summary>Proves of a merge that every line which the team wrote is in it. Pure.</summary>
internal static class TeamLines
{
    /// <summary>Whether each line that is in the team's file more often than in the base is in the merged file at least that much more often than not.</summary>
    public static bool AreKept(ReadOnlySpan<byte> before, ReadOnlySpan<byte> ours, ReadOnlySpan<byte> merged)
    {
        var added = new Dictionary<string, int>(StringComparer.Ordinal);
        Count(added, ours, 1);
        Count(added, before, -1);
        var there = new Dictionary<string, int>(StringComparer.Ordinal);
        Count(there, merged, 1);
        return added.All(line => line.Value <= 0 || there.GetValueOrDefault(line.Key) >= line.Value);
    }

    // Byte by byte, so in Latin-1: the files may be in any encoding.
    private static void Count(Dictionary<string, int> lines, ReadOnlySpan<byte> text, int by)
    {
        foreach (var line in text.Split((byte)'\n'))
        {
            CollectionsMarshal.GetValueRefOrAddDefault(lines, System.Text.Encoding.Latin1.GetString(text[line].TrimEnd((byte)'\r')), out _) += by;
        }
    }
}
