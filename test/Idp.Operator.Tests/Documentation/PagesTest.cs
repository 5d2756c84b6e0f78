using System.Text.RegularExpressions;
using Idp.Sandbox.World;

namespace Idp.Operator.Tests.Documentation;

/// <summary>Every page can be found, and every link leads somewhere.</summary>
public sealed partial class PagesTest
{
    [Fact]
    public void EveryPageIsLinkedFromTheIndex()
    {
        var index = Links("docs/README.md").ToHashSet();

        var pages = SourceFiles.In("docs").Select(file => file.Path).Where(path => path.EndsWith(".md", StringComparison.Ordinal) && path != "docs/README.md").ToList();

        pages.Should().HaveCountGreaterThan(20);
        pages.Except(index).Should().BeEmpty();
    }

    [Fact]
    public void EveryLinkLeadsToAFile_AndEveryPlaceInAPageToAHeading()
    {
        var pages = SourceFiles.In("docs").Where(file => file.Path.EndsWith(".md", StringComparison.Ordinal)).Select(file => file.Path)
            .Concat(Directory.EnumerateFiles(SandboxPaths.Root, "*.md").Select(path => Path.GetFileName(path)));

        var broken =
            from page in pages
            from Match link in Link().Matches(File.ReadAllText(SandboxPaths.Below(page)))
            let target = Resolve(page, link.Groups[1].Value)
            where !Path.Exists(SandboxPaths.Below(target))
                || (link.Groups[2].Value is { Length: > 1 } place && !Headings(target).Contains(place[1..]))
            select $"{page}: {link.Value}";

        broken.Should().BeEmpty();
    }

    private static IEnumerable<string> Links(string page) =>
        Link().Matches(File.ReadAllText(SandboxPaths.Below(page))).Select(link => Resolve(page, link.Groups[1].Value));

    private static string Resolve(string page, string target) => target.Length == 0
        ? page
        : Path.GetRelativePath(SandboxPaths.Root, Path.GetFullPath(Path.Combine(Path.GetDirectoryName(SandboxPaths.Below(page))!, target)));

    // As GitHub makes them: lower case, hyphens for spaces, no punctuation.
    private static IEnumerable<string> Headings(string page) =>
        from line in File.ReadAllLines(SandboxPaths.Below(page))
        where line.StartsWith('#')
        let words = NoPunctuation().Replace(line.TrimStart('#').Trim().ToLowerInvariant(), "")
        select words.Replace(' ', '-');

    [GeneratedRegex(@"\]\((?!https?:|mailto:)([^)#\s]*)(#[^)\s]*)?\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NoPunctuation();
}
