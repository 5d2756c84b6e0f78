using System.Globalization;
using System.Text;
using Idp.GitHub;

namespace Idp.Operator.GoldenPaths.Updates;

/// <summary>What people read of an update: the title and the text of its pull request, and the message of its commit. Pure.</summary>
/// <remarks>
/// Paths come from the repository and so from anybody: they stand in code, where they are neither markup nor the name of a person. The text ends
/// with a line that only programs see, by which a pull request is known again whose number got lost.
/// </remarks>
public static class UpdateText
{
    // GitHub takes 65,536 characters.
    private const int MostCharacters = 60_000;
    private const int MostFilesOfAKind = 50;

    /// <summary>The text of a pull request that has become needless.</summary>
    public const string TakenBack = "The repository has all that its golden path wants, so this is not needed any more.";

    /// <summary>The title.</summary>
    public static string Title(GoldenPathLock from, RenderedFor to) => from.Version switch
    {
        "" => $"Follow the golden path {to.Template} {to.Version}",
        _ when from.Version == to.Version => $"Bring the golden path {to.Template} to the parameters of the manifest",
        _ when SemanticVersion.Compare(from.Version, to.Version) > 0 => $"Bring the golden path {to.Template} from {from.Version} back to {to.Version}",
        _ => $"Raise the golden path {to.Template} from {from.Version} to {to.Version}",
    };

    /// <summary>The message of the commit.</summary>
    public static string Message(GoldenPathLock from, RenderedFor to, string belongsTo) => $"{Title(from, to)}\n\nMade for {belongsTo}.";

    /// <summary>The text.</summary>
    public static string Body(GoldenPathLock from, GoldenPathUpdatePlan plan, string belongsTo)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{Introduction(from, plan.Target)} `{belongsTo}`.\n\n");
        text.Append("Merge it when its checks pass. Push to this branch what else it needs; what is pushed is never overwritten. ");
        text.Append("Close it to stay as you are: it comes back only with a newer version.\n\n| files | what comes of them |\n| --- | --- |\n");
        foreach (var (outcome, count) in plan.Counts)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {count} {outcome} | {Meaning(outcome)} |\n");
        }

        foreach (var kind in plan.Files.Where(file => file.IsNews).GroupBy(file => file.Outcome).OrderBy(kind => kind.Key))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n### {kind.Key}\n\n");
            AppendFiles(text, [.. kind]);
        }

        AppendConflicts(text, plan);
        return text.Append('\n').Append(Sign(plan.Target)).Append('\n').ToString();
    }

    /// <summary>The line by which a pull request says what it brings.</summary>
    public static string Sign(RenderedFor target) => $"<!-- golden-path {target.Template} {target.Version} {target.Inputs} -->";

    private static string Introduction(GoldenPathLock from, RenderedFor to) => from.Version switch
    {
        "" => $"This brings what the golden path **{to.Template} {to.Version}** has and this repository lacks, and nothing else. It was made for",
        _ when from.Version == to.Version => $"The parameters or environments in the manifest changed, so the files of **{to.Template} {to.Version}** do. It was made for",
        _ => $"**{to.Template} {to.Version}** is there; this repository follows {from.Version}. Each file was merged with what you made of it. It was made for",
    };

    private static string Meaning(FileOutcome outcome) => outcome switch
    {
        FileOutcome.Unchanged => "nothing to do",
        FileOutcome.FastForward => "you had them as they came: they become as they are now",
        FileOutcome.Merged => "your changes and those of the golden path are in them",
        FileOutcome.Conflict => "**left as you have them**: what the golden path wants is shown below",
        FileOutcome.TeamDeleted => "you deleted them: they stay so",
        FileOutcome.TeamOwned => "yours: they are left alone",
        FileOutcome.Renamed => "you moved them: they are brought up to date where they are",
        FileOutcome.Added => "new",
        FileOutcome.Removed => "the golden path has them no more, and you had them as they came: they are deleted",
        _ => outcome.ToString(),
    };

    private static void AppendFiles(StringBuilder text, IReadOnlyList<FileUpdate> files)
    {
        foreach (var file in files.Take(MostFilesOfAKind))
        {
            text.Append("- ").Append(Code(file.Path));
            if (file.Place != file.Path)
            {
                text.Append(" at ").Append(Code(file.Place));
            }

            text.Append('\n');
        }

        if (files.Count > MostFilesOfAKind)
        {
            text.Append(CultureInfo.InvariantCulture, $"- and {files.Count - MostFilesOfAKind} more\n");
        }
    }

    private static void AppendConflicts(StringBuilder text, GoldenPathUpdatePlan plan)
    {
        var conflicts = plan.Files.Where(file => file.Outcome == FileOutcome.Conflict).ToList();
        if (conflicts.Count == 0)
        {
            return;
        }

        text.Append("\n### What does not go together\n\nThese files are as you have them. To take over what is wanted, change them on this branch.\n");
        foreach (var file in conflicts)
        {
            var shown = $"\n{Code(file.Place)}: {Wish(file)}";
            if (text.Length + shown.Length > MostCharacters)
            {
                text.Append("\nThere are more, or larger ones, than fit here: see the golden path itself.\n");
                return;
            }

            text.Append(shown);
        }
    }

    private static string Wish(FileUpdate file)
    {
        if (file.Wanted is not { } wanted)
        {
            return "the golden path has no such file any more, but you changed it.\n";
        }

        if (file.Base is not { } before)
        {
            return $"the golden path brings a file of this name.\n{Fenced(FileDifference.Of(ReadOnlyMemory<byte>.Empty, wanted.Bytes))}";
        }

        return wanted.Bytes.Span.SequenceEqual(before.Span)
            ? $"the golden path wants it to {(wanted.Executable ? "be a file that can be run" : "be no file that can be run")}.\n"
            : $"the golden path changes it so:\n{Fenced(FileDifference.Of(before, wanted.Bytes))}";
    }

    private static string Fenced(string? difference)
    {
        if (difference is null)
        {
            return "\n(not text)\n";
        }

        var fence = new string('`', Math.Max(3, LongestRun(difference) + 1));
        return $"\n{fence}diff\n{difference.TrimEnd('\n')}\n{fence}\n";
    }

    // Backticks inside need more of them around; a line end in a path would end the code.
    private static string Code(string path)
    {
        var line = new string([.. path.Select(letter => char.IsControl(letter) ? '?' : letter)]);
        var ticks = new string('`', LongestRun(line) + 1);
        return ticks.Length == 1 ? $"`{line}`" : $"{ticks} {line} {ticks}";
    }

    private static int LongestRun(string text)
    {
        var (longest, run) = (0, 0);
        foreach (var letter in text)
        {
            run = letter == '`' ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        return longest;
    }
}
