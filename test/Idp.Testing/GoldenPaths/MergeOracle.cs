using System.Text;

namespace Idp.Testing.GoldenPaths;

/// <summary>Merges by <c>git merge-file</c>.</summary>
public static class MergeOracle
{
    /// <summary>The file in which both changes are; null where they do not go together.</summary>
    public static async Task<TeamFile?> MergeAsync(GitFolder git, TemplateFile before, TeamFile team, TemplateFile wanted)
    {
        var executable = team.Executable == before.Executable ? wanted.Executable : team.Executable;
        var content = IsSame(team.Content, before.Content) ? wanted.Content
            : IsSame(wanted.Content, before.Content) ? team.Content
            : await MergeAsync(git, before.Content, team.Content, wanted.Content);
        return content is not null && MissingLines(before.Content, team.Content, content).Count == 0
            ? new TeamFile(executable ? "100755" : "100644", content)
            : null;
    }

    /// <summary>The lines that the team added and that are no longer there, as often as they are missing; how a line ends does not count.</summary>
    public static IReadOnlyList<string> MissingLines(byte[] before, byte[] team, byte[] after)
    {
        var added = LinesOf(team).GroupBy(line => line).Select(lines => (Line: lines.Key, Times: lines.Count() - LinesOf(before).Count(line => line == lines.Key)));
        return [.. added.SelectMany(each => Enumerable.Repeat(each.Line, Math.Max(0, each.Times - LinesOf(after).Count(line => line == each.Line))))];
    }

    private static async Task<byte[]?> MergeAsync(GitFolder git, byte[] before, byte[] team, byte[] wanted)
    {
        if (EndsInCrLf(team) && EndsInLf(before) && EndsInLf(wanted))
        {
            (before, wanted) = (InCrLf(before), InCrLf(wanted));
        }

        var folder = Directory.CreateTempSubdirectory("oracle-");
        try
        {
            var files = new List<string>();
            foreach (var (name, content) in new[] { ("team", team), ("before", before), ("wanted", wanted) })
            {
                files.Add(Path.Combine(folder.FullName, name));
                await File.WriteAllBytesAsync(files[^1], content);
            }

            // Into the first file: what it would print might be in any encoding. Without conflicts it exits with 0.
            var result = await git.TryAsync(["merge-file", "--quiet", .. files]);
            return result.Succeeded ? await File.ReadAllBytesAsync(files[0]) : null;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static bool IsSame(byte[] one, byte[] other) => one.AsSpan().SequenceEqual(other);

    private static string Text(byte[] content) => Encoding.Latin1.GetString(content);

    private static string[] LinesOf(byte[] content) => [.. Text(content).Split('\n').Select(line => line.TrimEnd('\r'))];

    private static bool IsText(byte[] content) => !Text(content).Contains('\0', StringComparison.Ordinal);

    private static bool EndsInLf(byte[] content) => IsText(content) && !Text(content).Contains("\r\n", StringComparison.Ordinal);

    private static bool EndsInCrLf(byte[] content)
    {
        var text = Text(content);
        return IsText(content) && text.Contains('\n', StringComparison.Ordinal) && !text.Replace("\r\n", "", StringComparison.Ordinal).Contains('\n', StringComparison.Ordinal);
    }

    private static byte[] InCrLf(byte[] content) => Encoding.Latin1.GetBytes(Text(content).Replace("\n", "\r\n", StringComparison.Ordinal));
}
