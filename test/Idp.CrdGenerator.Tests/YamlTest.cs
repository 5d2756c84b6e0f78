using System.Text.Json.Nodes;
using YamlDotNet.RepresentationModel;

namespace Idp.CrdGenerator.Tests;

public sealed class YamlTest
{
    [Theory]
    [InlineData("plain text")]
    [InlineData("true")]
    [InlineData("No")]
    [InlineData("1.5")]
    [InlineData("")]
    [InlineData("it's: 'quoted'")]
    [InlineData("^[^\\x00-\\x1f]*$")]
    [InlineData("!self.endsWith('.git')")]
    [InlineData("a # comment")]
    [InlineData("- item")]
    [InlineData("trailing ")]
    [InlineData("https://acme.dev/a:b")]
    public void AStringStaysTheSameString(string text)
    {
        var yaml = Yaml.Print(new JsonObject { ["key"] = text });

        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        var scalar = (YamlScalarNode)stream.Documents[0].RootNode["key"];
        scalar.Value.Should().Be(text);
        (scalar.Style != YamlDotNet.Core.ScalarStyle.Plain || char.IsAsciiLetter(text[0])).Should().BeTrue();
    }

    [Fact]
    public void TreesArePrintedAsPeopleWriteThem() => Yaml.Print(
        new JsonObject { ["a"] = 1, ["b"] = new JsonArray("x", true), ["c"] = new JsonObject() },
        new JsonObject { ["d"] = new JsonArray() })
        .Should().Be("a: 1\nb:\n- x\n- true\nc: {}\n---\nd: []\n");
}
