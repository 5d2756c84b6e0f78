using System.Text;

namespace Idp.Testing.GoldenPaths;

/// <summary>Does to a repository what teams do, between two versions of its golden path; the same for the same seed.</summary>
/// <remarks>
/// Each file is edited once in a round, so that an edit does what its name says. What is moved stays far above or below the bound from which a file
/// counts as moved, for programs that look for moved files agree on what is alike, and not on how much.
/// </remarks>
public sealed class TeamEdits
{
    private readonly FleetRepository _repository;
    private readonly TemplateVersion _next;
    private readonly Random _random;
    private readonly List<(TeamEdit Edit, string Path)> _done = [];
    private int _numbers;

    private TeamEdits(FleetRepository repository, TemplateVersion next, int seed)
    {
        _repository = repository;
        _next = next;
        _random = new Random(seed);

        // So that no two repositories have the same line of a team's.
        _numbers = seed * 1000;
    }

    /// <summary>Makes some edits, each of them a commit, and returns them.</summary>
    /// <param name="repository">The repository; it is not pushed.</param>
    /// <param name="next">The version that comes next.</param>
    /// <param name="seed">What decides.</param>
    public static async Task<IReadOnlyList<(TeamEdit Edit, string Path)>> ApplyAsync(FleetRepository repository, TemplateVersion next, int seed)
    {
        var edits = new TeamEdits(repository, next, seed);
        var kinds = Enum.GetValues<TeamEdit>();
        for (var left = edits._random.Next(1, 8); left > 0; left--)
        {
            await edits.TryAsync(kinds[edits._random.Next(kinds.Length)]);
        }

        return edits._done;
    }

    /// <summary>Makes one edit; false where no file is there for it.</summary>
    public static async Task<bool> ApplyAsync(FleetRepository repository, TemplateVersion next, TeamEdit edit, int seed) =>
        await new TeamEdits(repository, next, seed).TryAsync(edit);

    private async Task<bool> TryAsync(TeamEdit edit)
    {
        var team = await _repository.ReadAsync();
        var fit = Candidates(edit, team).Where(path => _done.All(each => each.Path != path)).Order(StringComparer.Ordinal).ToList();
        if (fit.Count == 0)
        {
            return false;
        }

        var path = fit[_random.Next(fit.Count)];
        Make(edit, path, team.GetValueOrDefault(path));
        await _repository.CommitAsync($"{edit} {path}");
        if (edit == TeamEdit.Revert)
        {
            await _repository.Git.RunAsync("revert", "--no-edit", "HEAD");
        }

        _done.Add((edit, path));
        return true;
    }

    /// <summary>The files that an edit can be made to, as they are now.</summary>
    private IEnumerable<string> Candidates(TeamEdit edit, IReadOnlyDictionary<string, TeamFile> team)
    {
        var laid = team.Where(file => _repository.Bases.ContainsKey(file.Key) && file.Value.IsPlain).ToList();
        var texts = laid.Where(file => IsText(file.Value.Content)).ToList();
        return edit switch
        {
            TeamEdit.ChangeFar or TeamEdit.ChangeNear or TeamEdit.ChangeSame =>
                texts.Where(file => Line(edit, file.Key, file.Value) is not null).Select(file => file.Key),
            TeamEdit.ChangeAlike => laid.Where(file => _next.Files.TryGetValue(file.Key, out var next) && !file.Value.IsSame(next)).Select(file => file.Key),
            TeamEdit.Move or TeamEdit.MoveAndChange => texts.Where(file => CanMove(file.Key, file.Value, team)).Select(file => file.Key),
            TeamEdit.ConvertLineEnds or TeamEdit.ConvertAndChange =>
                texts.Where(file => Text(file.Value).Contains('\n', StringComparison.Ordinal) && !Text(file.Value).Contains('\r', StringComparison.Ordinal)).Select(file => file.Key),
            TeamEdit.ReplaceBytes => laid.Where(file => !IsText(file.Value.Content)).Select(file => file.Key),
            TeamEdit.AddBefore or TeamEdit.AddAlike => _next.Files.Keys.Where(path => !_repository.Bases.ContainsKey(path) && !team.ContainsKey(path)),
            TeamEdit.AddOwn => [$"team/file-{++_numbers}.txt"],
            TeamEdit.Revert => texts.Select(file => file.Key),
            _ => laid.Select(file => file.Key),
        };
    }

    private void Make(TeamEdit edit, string path, TeamFile? file)
    {
        switch (edit)
        {
            case TeamEdit.ChangeFar or TeamEdit.ChangeNear or TeamEdit.ChangeSame:
                Write(path, file!, Changed(Text(file!), Line(edit, path, file!)!.Value, inserts: edit == TeamEdit.ChangeFar));
                break;
            case TeamEdit.Revert:
                Write(path, file!, $"{NewLine()}\n{Text(file!)}");
                break;
            case TeamEdit.ConvertLineEnds or TeamEdit.ConvertAndChange:
                var text = edit == TeamEdit.ConvertAndChange ? Changed(Text(file!), LinesOf(Text(file!)).Length - 1, inserts: false) : Text(file!);
                Write(path, file!, text.Replace("\n", "\r\n", StringComparison.Ordinal));
                break;
            case TeamEdit.ReplaceBytes:
                _repository.Write(path, [0, 0xff, .. Encoding.UTF8.GetBytes(NewLine()), 0], file!.Executable);
                break;
            case TeamEdit.ChangeMode:
                _repository.SetExecutable(path, !file!.Executable);
                break;
            case TeamEdit.ChangeAlike or TeamEdit.AddAlike:
                _repository.Write(path, _next.Files[path].Content, _next.Files[path].Executable);
                break;
            case TeamEdit.AddBefore or TeamEdit.AddOwn:
                _repository.Write(path, Encoding.UTF8.GetBytes($"{NewLine()}\n{NewLine()}\n"));
                break;
            default:
                Replace(edit, path, file!);
                break;
        }
    }

    /// <summary>Takes the file away, and puts something else in its place or in another one.</summary>
    private void Replace(TeamEdit edit, string path, TeamFile file)
    {
        _repository.Delete(path);
        switch (edit)
        {
            case TeamEdit.Move:
                _repository.Write($"moved/{path}", file.Content, file.Executable);
                break;
            case TeamEdit.MoveAndChange:
                Write($"moved/{path}", file, Changed(Text(file), LinesOf(Text(file)).Length - 1, inserts: false));
                break;
            case TeamEdit.Link:
                File.CreateSymbolicLink(_repository.Git.File(path), "elsewhere");
                break;
            case TeamEdit.Folder:
                _repository.Write($"{path}/notes.txt", Encoding.UTF8.GetBytes($"{NewLine()}\n"));
                break;
        }
    }

    // Long enough that one changed line leaves it alike, and like no other file that might be taken for it.
    private bool CanMove(string path, TeamFile file, IReadOnlyDictionary<string, TeamFile> team) =>
        LinesOf(Text(file)).Length >= 10
        && IsAlike(LinesOf(Text(file)), LinesOf(Encoding.UTF8.GetString(_repository.Bases[path].Content)))
        && team.All(other => other.Key == path || !IsAlike(LinesOf(Text(other.Value)), LinesOf(Text(file)), 0.3));

    private static bool IsAlike(string[] one, string[] other, double share = 0.85) =>
        one.Intersect(other).Count() >= share * Math.Max(one.Length, other.Length);

    /// <summary>The line of the team's file that such an edit changes; null where there is none.</summary>
    private int? Line(TeamEdit edit, string path, TeamFile file)
    {
        if (!_next.Files.TryGetValue(path, out var next) || next.Once)
        {
            return null;
        }

        var (before, after, now) = (LinesOf(Encoding.UTF8.GetString(_repository.Bases[path].Content)), LinesOf(Encoding.UTF8.GetString(next.Content)), LinesOf(Text(file)));
        var changed = Enumerable.Range(0, before.Length).Where(number => !after.Contains(before[number])).ToHashSet();
        if (changed.Count == 0)
        {
            return edit == TeamEdit.ChangeFar && now.Length > 0 ? _random.Next(now.Length) : null;
        }

        var distance = Enumerable.Range(0, before.Length).ToDictionary(number => number, number => changed.Min(other => Math.Abs(other - number)));
        var fit = distance.Where(line => edit switch
        {
            TeamEdit.ChangeSame => line.Value == 0,
            TeamEdit.ChangeNear => line.Value == 1,
            _ => line.Value > 4,
        });
        var places = fit.Select(line => Array.IndexOf(now, before[line.Key])).Where(number => number >= 0).ToList();
        return places.Count == 0 ? null : places[_random.Next(places.Count)];
    }

    private string Changed(string text, int number, bool inserts)
    {
        var lines = text.Split('\n');
        lines[number] = $"{lines[number].TrimEnd('\r')} {NewLine()}{(lines[number].EndsWith('\r') ? "\r" : "")}";
        return inserts ? string.Join('\n', [.. lines[..number], NewLine(), NewLine(), .. lines[number..]]) : string.Join('\n', lines);
    }

    private void Write(string path, TeamFile file, string text) => _repository.Write(path, Encoding.UTF8.GetBytes(text), file.Executable);

    private string NewLine() => $"team line {++_numbers}";

    private static bool IsText(byte[] content) => content.Length > 0 && !content.Contains((byte)0);

    private static string Text(TeamFile file) => Encoding.UTF8.GetString(file.Content);

    /// <summary>The lines, without the empty one behind the last line end.</summary>
    private static string[] LinesOf(string text) => text.TrimEnd('\n').Split('\n');
}
