using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Idp.Sandbox.World;
using Idp.Testing.Schemas;

namespace Idp.Sandbox.Tests.Schemas;

public sealed class RandomTextTest
{
    public static TheoryData<string> Patterns => new(
    [
        "^a|b$", "^[^a-y]{3}$", @"^\d+\.\w?(x|yz){2,}$", "^[-a-c.]*$", @"^[\x41-\x43]+$", "^(?:no group)$",
        .. Installer.ReadDirectory(SandboxPaths.Below("config", "crds")).SelectMany(PatternsIn).Distinct(),
    ]);

    [Theory]
    [MemberData(nameof(Patterns))]
    public void EveryText_IsMatchedByItsPattern(string pattern)
    {
        for (var seed = 0; seed < 200; seed++)
        {
            RandomText.Make(pattern, new Random(seed), most: 9).Should().MatchRegex(new Regex(pattern), $"seed {seed}");
        }
    }

    private static IEnumerable<string> PatternsIn(JsonNode? node) => node switch
    {
        JsonObject map => map.SelectMany(member => member is { Key: "pattern", Value: JsonValue text } ? [(string)text!] : PatternsIn(member.Value)),
        JsonArray list => list.SelectMany(PatternsIn),
        _ => [],
    };
}
