using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Idp.Operator.Settings;
using Idp.Operator.Yaml;

namespace Idp.Operator.Tests.Settings;

/// <summary>The page docs/platform-yaml.md says what the code does.</summary>
public sealed class PlatformSettingsDocumentationTest
{
    private static readonly string[] Stages = ["stages.Development", "stages.Staging", "stages.Production"];

    [Fact]
    public void TheDefaultsOnThePage_AreThoseOfTheCode()
    {
        var defaults = JsonSerializer.SerializeToNode(new PlatformSettings(), SettingsJson.Default.PlatformSettings);

        var page = Page();

        page[(page.LastIndexOf("```yaml\n", StringComparison.Ordinal) + 8)..].Should().Be(YamlWriter.Write(defaults) + "```\n");
    }

    [Fact]
    public void EveryKeyIsOnThePage_AndNoOther()
    {
        var keys = Keys("", SettingsJson.Default.PlatformSettings)
            .Select(key => Stages.Aggregate(key, (text, stage) => text.Replace(stage, "stages.STAGE", StringComparison.Ordinal)))
            .Distinct();

        var documented = Page().Split('\n')
            .SkipWhile(line => line != "## Every key")
            .TakeWhile(line => line != "## Repositories beyond their files")
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Split('`')[1]);

        documented.Should().BeEquivalentTo(keys);
    }

    [Fact]
    public void TheExamplesOnThePage_AreAccepted()
    {
        var blocks = Page().Split("```yaml\n").Skip(1).Select(block => block.Split("```")[0]).ToList();

        blocks.Should().HaveCount(7);
        PlatformSettingsLoaderTest.Load(blocks[0]);
        PlatformSettingsLoaderTest.Load(blocks[1]).GitHub.App!.Id.Should().Be("12345");
        PlatformSettingsLoaderTest.Load(blocks[2]).GitHub.Repository.Teams.Should().HaveCount(2);
        PlatformSettingsLoaderTest.Load(blocks[3]).ArgoCd.RepositoryCredentials.Should().HaveCount(2);
        PlatformSettingsLoaderTest.Load(blocks[4]).ImagePullSecret!.Property.Should().Be("dockerconfigjson");
        PlatformSettingsLoaderTest.Load(blocks[0] + blocks[5]).Teams.Should().HaveCount(2);
    }

    private static IEnumerable<string> Keys(string path, JsonTypeInfo type) => type.Kind switch
    {
        JsonTypeInfoKind.Object => type.Properties.SelectMany(p => Keys(YamlPath.Key(path, p.Name), type.Options.GetTypeInfo(p.PropertyType))),
        JsonTypeInfoKind.Enumerable when type.Options.GetTypeInfo(type.ElementType!) is { Kind: JsonTypeInfoKind.Object } element => Keys(path + "[]", element),
        _ => [path],
    };

    private static string Page() => File.ReadAllText(Repository.File("docs/platform-yaml.md"));
}
