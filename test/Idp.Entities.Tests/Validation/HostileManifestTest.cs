using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Idp.Entities.Tests.Validation;

/// <summary>The operator never crashes on an object: reading one gives errors or a JsonException, nothing else.</summary>
public sealed class HostileManifestTest
{
    private const int Rounds = 5_000;

    private static readonly IReadOnlyList<string> Values =
    [
        "null", "true", "0", "-1", "1.5", "1e400", "99999999999999999999", "\"\"", "\"a\"", "\"\\u0000\"", "\"DATABASE_URL\"", "\"Retain\"",
        "\"-1\"", "\"1Ei\"", "\"999999999999999999999999999999Ei\"", "[]", "[null]", "[[]]", "[{}]", "{}", """{"":""}""", """{"name":null}""",
        """{"a":null}""", """[{"name":"a"},{"name":"a"}]""", """["a","a"]""", $"\"{new string('a', 100_000)}\"", $"[{Many("null")}]",
        $"[{Many("""{"name":"a","columns":[]}""")}]",
    ];

    // Most changes keep the kind of value, or hardly any object would be read at all.
    private static readonly ILookup<JsonValueKind, string> ByKind =
        Values.ToLookup(text => JsonNode.Parse(text)?.GetValueKind() ?? JsonValueKind.Null);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void ABackendAppWithAnythingInItIsReadOrRefused(int seed) => Try(seed, GoodManifests.BackendApp, manifest =>
    {
        var app = manifest.Deserialize(BackendApp.JsonType)!;
        return BackendAppValidation.Validate(app.Spec, app.Metadata);
    });

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void AnApplicationEnvironmentWithAnythingInItIsReadOrRefused(int seed) =>
        Try(seed, GoodManifests.ApplicationEnvironment, manifest =>
        {
            var environment = manifest.Deserialize(ApplicationEnvironment.JsonType)!;
            return ApplicationEnvironmentValidation.Validate(environment.Spec, environment.Metadata);
        });

    [Fact]
    public void NoSpellingTakesLongToCheck()
    {
        string[] attacks = ["a", "-a", "a.", "a/", "_", "a-", "1", "(1", " "];
        var started = Stopwatch.GetTimestamp();

        foreach (var attack in attacks)
        {
            var text = string.Concat(Enumerable.Repeat(attack, 600)) + "!";
            for (var length = 1; length <= 512; length += 73)
            {
                _ = BackendAppValidation.Validate(
                    new BackendAppSpec { Image = text[..length] + "!", Team = text[..length], Description = text }, new());
                _ = ApplicationEnvironmentValidation.Validate(
                    new ApplicationEnvironmentSpec
                    {
                        Host = text[..Math.Min(length, 252)] + "!",
                        Source = new SourceSpec { RepoUrl = "https://" + text[..Math.Min(length, 500)], Path = text[..length] },
                        Secrets = [new() { Name = "A", RemoteRef = new() { Key = text[..Math.Min(length, 511)] + "!" } }],
                    },
                    new());
            }
        }

        Stopwatch.GetElapsedTime(started).Should().BeLessThan(TimeSpan.FromSeconds(5));
    }

    private static void Try(int seed, string manifest, Func<JsonNode, IReadOnlyList<FieldError>> validate)
    {
        var random = new Random(seed);
        var (read, refused) = (0, 0);
        for (var round = 0; round < Rounds; round++)
        {
            var tree = JsonNode.Parse(manifest)!;
            for (var changes = random.Next(1, 4); changes > 0; changes--)
            {
                Spoil(tree, random);
            }

            try
            {
                _ = validate(tree);
                read++;
            }
            catch (JsonException)
            {
                refused++;
            }
        }

        read.Should().BeGreaterThan(Rounds / 10);
        refused.Should().BeGreaterThan(Rounds / 10);
    }

    private static void Spoil(JsonNode tree, Random random)
    {
        var places = Places(tree["spec"]!).ToList();
        if (places.Count == 0)
        {
            return;
        }

        var place = places[random.Next(places.Count)];
        var alike = ByKind[place.GetValueKind()].ToList();
        var values = alike.Count > 0 && random.Next(4) > 0 ? alike : Values;
        var value = JsonNode.Parse(values[random.Next(values.Count)]);
        switch (place.Parent)
        {
            case JsonArray array:
                array[place.GetElementIndex()] = value;
                break;
            case JsonObject parent:
                parent[place.GetPropertyName()] = value;
                break;
        }
    }

    private static IEnumerable<JsonNode> Places(JsonNode node)
    {
        var children = node switch
        {
            JsonObject fields => fields.Select(field => field.Value),
            JsonArray items => items,
            _ => [],
        };
        return children.OfType<JsonNode>().Take(100).SelectMany(child => Places(child).Prepend(child));
    }

    private static string Many(string item) => string.Join(',', Enumerable.Repeat(item, 300));
}
