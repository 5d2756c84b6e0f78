using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace Idp.Operator.Tests.GoldenPaths;

/// <summary>What the golden paths that come with the operator have in common, whatever their language is.</summary>
public sealed class BuiltInPathsTest
{
    private const string First = "python-fastapi";
    private const string Hostile = "He said \"hi\" \\ ''' \"\"\" {{ team }} ${{ secrets.X }} $(id) `id` # {0} %s </b> \u2028 😀 ü";

    [Theory]
    [InlineData("node-express")]
    [InlineData("dotnet-webapi")]
    public void AllAreDeployedAlike(string name)
    {
        var environments = GoldenPathRendererTest.Input().Environments.Select(e => e with { MaxReplicas = 6, OwnNetworkPolicy = true }).ToList();
        var input = GoldenPathRendererTest.Input() with { Environments = environments, Parameters = new Dictionary<string, string> { ["port"] = "9000" } };
        using var repository = new RenderedRepository(name, input);
        using var first = new RenderedRepository(First, input);

        var deployed = Deployed(repository);

        deployed.Keys.Should().Equal(Deployed(first).Keys);
        deployed.Should().HaveCountGreaterThan(8);
        foreach (var (path, text) in Deployed(first))
        {
            WithoutMemory(deployed[path]).Should().Be(WithoutMemory(text), path);
        }
    }

    [Theory]
    [InlineData("node-express")]
    [InlineData("dotnet-webapi")]
    public void AllAreBuiltAlike(string name)
    {
        using var repository = new RenderedRepository(name, GoldenPathRendererTest.Input());
        using var first = new RenderedRepository(First, GoldenPathRendererTest.Input());

        var workflow = Workflow(repository);

        workflow["jobs"]!["image"]!.ToJsonString().Should().Be(Workflow(first)["jobs"]!["image"]!.ToJsonString());
        workflow["jobs"]!["deploy"]!.ToJsonString().Should().Be(Workflow(first)["jobs"]!["deploy"]!.ToJsonString());
        workflow["permissions"]!.ToJsonString().Should().Be("""{"contents":"read"}""");
        workflow["jobs"]!["test"]!["steps"]!.AsArray().Select(step => step!["run"]?.GetValue<string>()).OfType<string>().Should().Equal("make lint", "make test");
        repository.Text(".github/workflows/ci.yaml").Split('\n').Where(line => line.Contains("uses:", StringComparison.Ordinal))
            .Should().HaveCountGreaterThan(5).And.OnlyContain(line => System.Text.RegularExpressions.Regex.IsMatch(line, "@[0-9a-f]{40} # v[0-9]"));
    }

    [Theory]
    [InlineData("node-express", "src/database.ts", "instrumentation-pg")]
    [InlineData("dotnet-webapi", "src/Service/Database.cs", "Npgsql")]
    public void CodeOfTheDatabaseIsThereWhereTheApplicationHasOne_AndNowhereElse(string name, string file, string library)
    {
        using var with = new RenderedRepository(name, GoldenPathRendererTest.Input() with { Database = "postgresql" });
        using var without = new RenderedRepository(name, GoldenPathRendererTest.Input());

        string[] words = [library, "DATABASE_URL", "postgres"];
        with.Files.Should().Contain(f => f.Path == file);
        words.Should().OnlyContain(word => Mentions(with, word));
        without.Files.Should().NotContain(f => f.Path.Contains("database", StringComparison.OrdinalIgnoreCase) || f.Path.Contains("Postgres", StringComparison.Ordinal));
        words.Should().NotContain(word => Mentions(without, word));
    }

    [Theory]
    [InlineData("node-express")]
    [InlineData("dotnet-webapi")]
    public void TheDescriptionStaysText(string name)
    {
        using var repository = new RenderedRepository(name, GoldenPathRendererTest.Input() with { Description = Hostile });

        repository.Yaml("catalog-info.yaml")["metadata"]!["description"]!.GetValue<string>().Should().Be(Hostile);
        repository.Text(".github/workflows/ci.yaml").Should().NotContain("secrets.X", "any text in a workflow could be an expression");
        repository.Text("Makefile").Should().NotContain("$(id)");
    }

    [Theory]
    [InlineData("")]
    [InlineData("postgresql")]
    public void TheLockFileOfNodeIsThatOfItsPackages(string database)
    {
        using var repository = new RenderedRepository("node-express", GoldenPathRendererTest.Input() with { Description = Hostile, Database = database });

        var package = JsonNode.Parse(repository.Text("package.json"))!;
        var packages = JsonNode.Parse(repository.Text("package-lock.json"))!["packages"]!.AsObject();

        package["description"]!.GetValue<string>().Should().Be(Hostile);
        foreach (var part in (string[])["name", "version", "engines", "dependencies", "devDependencies"])
        {
            packages[""]![part]!.ToJsonString().Should().Be(package[part]!.ToJsonString(), part);
        }

        packages.Where(entry => entry.Key.Length > 0).Should().HaveCountGreaterThan(200).And.OnlyContain(entry =>
            entry.Value!["resolved"] == null && entry.Value["integrity"]!.GetValue<string>().StartsWith("sha512-", StringComparison.Ordinal));
        packages.ContainsKey("node_modules/pg").Should().Be(database.Length > 0);
    }

    [Theory]
    [InlineData("")]
    [InlineData("postgresql")]
    public void EveryPackageOfDotnetHasOneVersion(string database)
    {
        using var repository = new RenderedRepository("dotnet-webapi", GoldenPathRendererTest.Input() with { Database = database });

        var versions = XDocument.Parse(repository.Text("Directory.Packages.props")).Descendants("PackageVersion").Select(Include).ToList();
        var used = repository.Files.Where(file => file.Path.EndsWith(".csproj", StringComparison.Ordinal))
            .SelectMany(file => XDocument.Parse(repository.Text(file.Path)).Descendants("PackageReference").Select(Include));

        versions.Should().OnlyHaveUniqueItems().And.BeEquivalentTo(used);
        repository.Text("src/Service/About.cs").Should().Contain("Name = \"pay\"");
    }

    private static string Include(XElement element) => element.Attribute("Include")!.Value;

    private static bool Mentions(RenderedRepository repository, string word) =>
        repository.Files.Any(file => repository.Text(file.Path).Contains(word, StringComparison.OrdinalIgnoreCase));

    private static JsonNode Workflow(RenderedRepository repository) => repository.Yaml(".github/workflows/ci.yaml");

    private static SortedDictionary<string, string> Deployed(RenderedRepository repository) => new(
        repository.Files.Where(file => file.Path.StartsWith("deploy/", StringComparison.Ordinal)).ToDictionary(file => file.Path, file => repository.Text(file.Path)),
        StringComparer.Ordinal);

    // What a language takes is its own.
    private static string WithoutMemory(string text) => System.Text.RegularExpressions.Regex.Replace(text, "memory: [0-9]+Mi", "memory:");
}
