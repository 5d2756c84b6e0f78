using System.Text.RegularExpressions;
using Idp.Sandbox.World;

namespace Idp.Operator.Tests.Documentation;

/// <summary>A command that a page tells people to type.</summary>
/// <param name="Page">The page.</param>
/// <param name="Text">The command, without its comment.</param>
/// <param name="Folder">The folder that it is typed in, from the repository's root.</param>
internal sealed partial record PageCommand(string Page, string Text, string Folder)
{
    /// <summary>Its words; what is quoted is one.</summary>
    public IReadOnlyList<string> Words { get; } = [.. Word().Matches(Text).Select(match => match.Value).SkipWhile(word => Assignment().IsMatch(word))];

    /// <summary>Every command of a page: those in fenced blocks, and those of our own that stand in the text.</summary>
    public static IEnumerable<PageCommand> On(string page)
    {
        var text = File.ReadAllText(SandboxPaths.Below(page));
        return Fenced(page, text).Concat(Ours().Matches(Fence().Replace(text, "")).Select(match => new PageCommand(page, match.Groups[1].Value, "")));
    }

    private static IEnumerable<PageCommand> Fenced(string page, string text)
    {
        foreach (Match block in Fence().Matches(text).Where(block => block.Groups["language"].Value is "sh" or "console"))
        {
            var isSession = block.Groups["language"].Value == "console";
            foreach (var line in block.Groups["body"].Value.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0))
            {
                if (!isSession || line.StartsWith("$ ", StringComparison.Ordinal))
                {
                    foreach (var command in Split(page, isSession ? line[2..] : line))
                    {
                        yield return command;
                    }
                }
            }
        }
    }

    // A comment begins with a # after a space; commands are joined by &&, and `cd` counts for those behind it.
    private static IEnumerable<PageCommand> Split(string page, string line)
    {
        var folder = "";
        foreach (var part in Regex.Replace(line, @"\s+#.*$", "").Trim('(', ')').Split("&&", StringSplitOptions.TrimEntries))
        {
            if (part.StartsWith("cd ", StringComparison.Ordinal))
            {
                folder = part[3..];
            }

            yield return new PageCommand(page, part, part.StartsWith("cd ", StringComparison.Ordinal) ? "" : folder);
        }
    }

    [GeneratedRegex(@"^ *```(?<language>\w*)\n(?<body>.*?)^ *```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"`((?:[A-Z_]+=\S+ )*(?:make|idp|dotnet|hack/[\w-]+\.sh) [^`]+)`")]
    private static partial Regex Ours();

    [GeneratedRegex("""(?:[^\s"']|"[^"]*"|'[^']*')+""")]
    private static partial Regex Word();

    [GeneratedRegex(@"^[A-Z_]+=")]
    private static partial Regex Assignment();
}
