using System.Text.Json.Nodes;
using Idp.Operator.Yaml;

namespace Idp.Operator.Tests.Yaml;

public sealed class YamlWriterTest
{
    [Fact]
    public void WritesAsPeopleDo()
    {
        var node = JsonNode.Parse(
            """
            {"apiVersion":"v1","metadata":{"name":"x","labels":{}},"list":[{"a":1,"b":[true,null]},["x","z"],[],"8080"],
             "script":"line one\n\n  line two\n","when":"2026-01-01","on":"off","image":"ghcr.io/acme/x:1.0","text":"a: b","cpu":"100m"}
            """);

        YamlWriter.Write(node).Should().Be(
            """
            apiVersion: v1
            metadata:
              name: x
              labels: {}
            list:
              - a: 1
                b:
                  - true
                  - null
              -
                - x
                - z
              - []
              - "8080"
            script: |
              line one

                line two
            when: "2026-01-01"
            "on": "off"
            image: ghcr.io/acme/x:1.0
            text: "a: b"
            cpu: 100m

            """);
    }

    [Theory]
    [MemberData(nameof(AwkwardTexts))]
    public void EveryTextComesBack(string text)
    {
        var node = new JsonObject
        {
            ["value"] = text,
            [text] = "key",
            ["list"] = new JsonArray(text, new JsonArray(text), new JsonObject { ["in"] = text }),
        };

        var back = YamlReader.Read(YamlWriter.Write(node), "f.yaml").Root;

        JsonNode.DeepEquals(back, node).Should().BeTrue(YamlWriter.Write(node));
    }

    [Fact]
    public void RandomTreesComeBack()
    {
        var random = new Random(20260101);
        for (var round = 0; round < 2000; round++)
        {
            var node = RandomNode(random, 0);

            var text = YamlWriter.Write(node);

            JsonNode.DeepEquals(YamlReader.Read(text, "f.yaml").Root, node).Should().BeTrue(text);
        }
    }

    [Fact]
    public void QuotedTextIsAlsoJson()
    {
        const string text = "\"quotes\" \\ \n\r\t \u0000\u001f\u007f\u0085\u2028 ü 😀 </script>";

        var quoted = YamlScalar.Quote(text);

        JsonNode.Parse(quoted)!.GetValue<string>().Should().Be(text);
    }

    public static TheoryData<string> AwkwardTexts() =>
    [
        "", " ", " x", "x ", "-", "- a", "?", "? a", ":", "a:", "a: b", "#", "a #b", "a#b", "&a", "*a", "!a", "|", ">", "%a", "@a", "`a",
        "{}", "[]", "{{ x }}", "'", "\"", "\\", "~", "null", "Null", "true", "False", "yes", "No", "on", "OFF", "y", "N", "1", "1.5",
        "1e3", "0x1f", "0o7", "017", "1_000", "12:30:45", "2001-01-01", "2001-01-01T00:00:00Z", ".inf", "-.INF", ".nan", "=", "<<",
        "---", "...", "... x", "a\nb", "a\nb\n", "a\n\nb", "a\n", "\n", "\na", " a\nb", "a \nb", "a\n b\n", "a\nb\n\n", "a\r\nb", "a\tb",
        "\ta", "ü", "ü\nb", "😀", "\u0000", "\u007f", "\u0085", "\u2028", "\ufeff", "a,b", "a, b", "(a)", "a/b:c", "--- a\nb", "#a\n#b",
    ];

    private static JsonNode? RandomNode(Random random, int depth) => random.Next(depth > 3 ? 4 : 6) switch
    {
        0 => null,
        1 => JsonValue.Create(random.Next(-100, 100)),
        2 => JsonValue.Create(random.Next(2) == 0),
        3 => JsonValue.Create(RandomText(random)),
        4 => new JsonArray([.. Enumerable.Range(0, random.Next(4)).Select(_ => RandomNode(random, depth + 1))]),
        _ => new JsonObject(Enumerable.Range(0, random.Next(4)).Select(i => KeyValuePair.Create($"{RandomText(random)}{i}", RandomNode(random, depth + 1)))),
    };

    private static string RandomText(Random random)
    {
        const string alphabet = "ab01 :#-\n'\"\\{}[],&*!|>%@`~.=\t?_/ü";
        return string.Concat(Enumerable.Range(0, random.Next(8)).Select(_ => alphabet[random.Next(alphabet.Length)]));
    }
}
