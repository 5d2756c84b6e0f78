using LibGit2Sharp;

namespace Idp.GitHub;

/// <summary>Finds by their content where files were moved to.</summary>
/// <param name="git">Has all of their blobs.</param>
/// <param name="sizeOf">The size of a blob; null where it is not there.</param>
internal sealed class MovedFiles(LibGit2Sharp.Repository git, Func<string, long?> sizeOf)
{
    private const int Threshold = 60;

    // Beyond that, to compare each with each would take too long; the largest that a template may lay is far below.
    private const long MaxSize = 1024 * 1024;

    private readonly Dictionary<string, string> _found = new(StringComparer.Ordinal);

    /// <summary>Returns the new paths by the old ones.</summary>
    public IReadOnlyDictionary<string, string> Find(
        IEnumerable<KeyValuePair<string, string>> blobsByOldPath, IEnumerable<KeyValuePair<string, TreeFile>> files)
    {
        var gone = InOrder(blobsByOldPath.Where(old => sizeOf(old.Value) > 0).Select(old => new Candidate(old.Key, old.Value)));
        if (gone.Count == 0)
        {
            return _found;
        }

        var places = InOrder(files.Select(file => new Candidate(file.Key, file.Value.Blob)));
        MatchEqual(gone, places, (old, place) => Path.GetFileName(old.Path) == Path.GetFileName(place.Path));
        MatchEqual(gone, places, (_, _) => true);
        MatchAlike(gone, places);
        return _found;
    }

    private static List<Candidate> InOrder(IEnumerable<Candidate> files) => [.. files.OrderBy(file => file.Path, StringComparer.Ordinal)];

    private void MatchEqual(List<Candidate> gone, List<Candidate> places, Func<Candidate, Candidate, bool> isPreferred)
    {
        var byBlob = places.ToLookup(place => place.Blob, StringComparer.Ordinal);
        var taken = new HashSet<Candidate>();
        foreach (var old in gone)
        {
            if (byBlob[old.Blob].FirstOrDefault(place => !taken.Contains(place) && isPreferred(old, place)) is { } place)
            {
                taken.Add(place);
                _found[old.Path] = place.Path;
            }
        }

        gone.RemoveAll(old => _found.ContainsKey(old.Path));
        places.RemoveAll(taken.Contains);
    }

    // The names are ours, so that it does not matter whether one path leads through another.
    private void MatchAlike(List<Candidate> gone, List<Candidate> places)
    {
        var before = Sized(gone);
        var after = Sized(places).Where(place => before.Exists(old => CanBeAlike(old.Size, place.Size))).ToList();
        if (before.Count == 0 || after.Count == 0)
        {
            return;
        }

        var options = new CompareOptions
        {
            Similarity = new SimilarityOptions
            {
                RenameDetectionMode = RenameDetectionMode.Renames,
                RenameThreshold = Threshold,
                RenameLimit = before.Count + 1,
                WhitespaceMode = WhitespaceMode.DontIgnoreWhitespace,
            },
        };
        using var changes = git.Diff.Compare<TreeChanges>(TreeOf("old", before), TreeOf("new", after), options);
        foreach (var renamed in changes.Renamed)
        {
            _found[before[IndexOf(renamed.OldPath)].File.Path] = after[IndexOf(renamed.Path)].File.Path;
        }
    }

    private List<(Candidate File, long Size)> Sized(List<Candidate> files) =>
        [.. files.Select(file => (file, Size: sizeOf(file.Blob) ?? 0)).Where(file => file.Size is > 0 and <= MaxSize)];

    private static bool CanBeAlike(long one, long other) => Math.Min(one, other) * 100 >= Math.Max(one, other) * Threshold;

    private Tree TreeOf(string side, List<(Candidate File, long Size)> files)
    {
        var tree = new TreeDefinition();
        for (var number = 0; number < files.Count; number++)
        {
            tree.Add($"{side}-{number}", new ObjectId(files[number].File.Blob), Mode.NonExecutableFile);
        }

        return git.ObjectDatabase.CreateTree(tree);
    }

    private static int IndexOf(string name) => int.Parse(name[(name.LastIndexOf('-') + 1)..], System.Globalization.CultureInfo.InvariantCulture);

    private sealed record Candidate(string Path, string Blob);
}
