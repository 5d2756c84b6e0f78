using System.Text.Json.Nodes;
using Idp.Operator.ApplicationEnvironments;
using Idp.Operator.Yaml;

namespace Idp.Operator.Tests.Settings;

/// <summary>The page docs/getting-started.md says what is true.</summary>
public sealed class GettingStartedTest
{
    [Fact]
    public void TheReleases_AreThoseThatTheTestsUse()
    {
        var releases = File.ReadLines(Repository.File("hack/upstream-crds.tsv"))
            .Where(line => line.Length > 0 && line[0] != '#' && line.Contains('/', StringComparison.Ordinal))
            .Select(line => line.Split('\t')[1].Split('/')[2])
            .Distinct();

        foreach (var release in releases)
        {
            Page().Should().Contain($"| {release} |");
        }
    }

    [Fact]
    public void TheVersionsOfTheApis_AreThoseOfTheCode()
    {
        string[] versions =
        [
            DeliverySection.Application.ApiVersion, ExternalSecrets.ExternalSecret.ApiVersion, CloudNativePg.Cluster.ApiVersion,
            SchemaSection.Database.ApiVersion, SchemaSection.Table.ApiVersion,
        ];

        versions.Should().OnlyContain(version => Page().Contains($"`{version}`", StringComparison.Ordinal));
    }

    [Fact]
    public void ThePlatformFile_IsAccepted()
    {
        var settings = PlatformSettingsLoaderTest.Load(Blocks().Single(block => block.StartsWith("github:", StringComparison.Ordinal)));

        settings.ArgoCd.RepositoryCredentials.Should().ContainSingle().Which.App!.InstallationId.Should().Be(7890123);
        settings.ImagePullSecret.Should().NotBeNull();
    }

    [Fact]
    public void TheSecretThatIsMadeByHand_IsTheOneThatTheOperatorHasMade()
    {
        var byHand = YamlReader.Read(Blocks().Single(block => block.Contains("kind: Secret\n", StringComparison.Ordinal)), "page").Root!;
        var settings = PlatformSettingsLoaderTest.Load(Blocks().Single(block => block.StartsWith("github:", StringComparison.Ordinal)));
        var template = RepositoryCredentials.Make(settings)[0].Body["spec"]!["target"]!["template"]!;

        byHand["metadata"]!["labels"]!.ToJsonString().Should().Be(template["metadata"]!["labels"]!.ToJsonString());
        Plain(byHand["stringData"]!).Should().Equal(Plain(template["data"]!));
    }

    [Fact]
    public void LinksOfReasonsLeadToAHeading()
    {
        Page().Should().Contain("\n## 4. Argo CD\n").And.Contain("\n## 6. The registry\n");
        RepositoryAccess.Page.Should().Be("docs/getting-started.md");
    }

    /// <summary>All keys, and their values but that of the private key.</summary>
    private static IEnumerable<(string Key, string Value)> Plain(JsonNode data) =>
        data.AsObject().Select(entry => (entry.Key, entry.Key == "githubAppPrivateKey" ? "" : (string)entry.Value!));

    private static IEnumerable<string> Blocks() => Page().Split("```yaml\n").Skip(1).Select(block => block.Split("```")[0]);

    private static string Page() => File.ReadAllText(Repository.File("docs/getting-started.md"));
}
