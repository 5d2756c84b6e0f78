using System.Reflection;
using System.Text.RegularExpressions;
using Idp.Entities.Tests.Manifests;

namespace Idp.Entities.Tests;

/// <summary>docs/kinds is the user's contract: it explains every condition and every reason, and no others.</summary>
public sealed partial class KindPagesTest
{
    private static readonly string[] Pages = ["docs/kinds/backendapp.md", "docs/kinds/applicationenvironment.md"];

    [Fact]
    public void EveryConditionIsExplainedAndNoOther() =>
        Explained("Conditions").Should().BeEquivalentTo(Constants(typeof(Conditions)));

    [Fact]
    public void EveryReasonIsExplainedAndNoOther() =>
        Explained("Reasons").Should().BeEquivalentTo(Constants(typeof(Reasons)));

    [Fact]
    public void EveryReasonIsOneWordInCamelCase() =>
        Constants(typeof(Reasons)).Should().OnlyContain(reason => Word().IsMatch(reason));

    private static IEnumerable<string> Explained(string heading) => Pages
        .Select(page => File.ReadAllText(RepositoryFiles.PathOf(page)))
        .SelectMany(text => Row().Matches(text.Split($"\n## {heading}\n")[1].Split("\n## ")[0]).Select(match => match.Groups[1].Value))
        .Distinct();

    private static IEnumerable<string> Constants(Type type) =>
        type.GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!);

    [GeneratedRegex("^\\| `(\\w+)` \\|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("^([A-Z][a-z]+([A-Z][a-z]*)*)$")]
    private static partial Regex Word();
}
