using System.Xml.Linq;

namespace Idp.Operator.Tests.Settings;

/// <summary>Every package has a line in docs/decisions/0001-dependencies.md.</summary>
public sealed class DependenciesDocumentationTest
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
}
