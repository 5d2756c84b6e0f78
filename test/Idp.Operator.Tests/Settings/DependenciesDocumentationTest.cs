using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Idp.Operator.Tests.Settings;

/// <summary>Every package has a line in docs/decisions/0001-dependencies.md, and what README and that page say of versions is so.</summary>
public sealed partial class DependenciesDocumentationTest
{
    [Fact]
    public void EveryPackageIsOnThePage_AndNoOther()
    {
        var packages = XDocument.Load(Repository.File("Directory.Packages.props"))
            .Descendants("PackageVersion")
            .Select(package => package.Attribute("Include")!.Value);

        var documented = File.ReadAllLines(Repository.File("docs/decisions/0001-dependencies.md"))
            .SkipWhile(line => line != "## Every package")
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal) && !line.StartsWith("| ---", StringComparison.Ordinal))
            .Select(line => line.Split('|')[1].Trim())
            .Where(name => name != "package");

        documented.Should().BeEquivalentTo(packages);
    }

    [Theory]
    [InlineData("README.md", 7)]
    [InlineData("docs/decisions/0001-dependencies.md", 4)]
    public void TheVersionsThatAPageNames_AreThoseThatAreUsed(string page, int named)
    {
        var versions = XDocument.Load(Repository.File("Directory.Packages.props"))
            .Descendants("PackageVersion")
            .ToDictionary(package => package.Attribute("Include")!.Value, package => package.Attribute("Version")!.Value);

        var said = File.ReadAllLines(Repository.File(page))
            .Select(line => Named().Match(line))
            .Where(match => match.Success && versions.ContainsKey(match.Groups["package"].Value))
            .ToList();

        said.Should().HaveCount(named);
        said.Should().OnlyContain(match => match.Groups["version"].Value == versions[match.Groups["package"].Value]);
    }

    // `| Octokit | 14.0.0 |` or `| Octokit 14.0.0 |`.
    [GeneratedRegex("""^\| (?<package>[A-Za-z0-9.]+)(?: \|)? (?<version>[0-9]+\.[0-9][-0-9a-z.]*) \|""")]
    private static partial Regex Named();
}
