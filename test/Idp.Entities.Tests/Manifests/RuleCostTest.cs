using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;
using Idp.Kubernetes.Tests.ControlPlane;
using Xunit.Abstractions;

namespace Idp.Entities.Tests.Manifests;

/// <summary>What our rules may cost at most, as the API server reckons it: it refuses a definition with a rule that might take too long.</summary>
/// <remarks>
/// The server tells the cost only of what it refuses, as a multiple of what it allows. So every rule is tried with itself ten and
/// a hundred times over, joined by "and", which costs ten and a hundred times as much.
/// </remarks>
[Collection(ServerCollection.Name)]
public sealed partial class RuleCostTest(ServerWithKinds server, ITestOutputHelper output)
{
    // A little room, so that a bound may be raised, or a server reckon otherwise, before users cannot install us.
    private const double Most = 0.85;

    public static TheoryData<string> Kinds => ["BackendApp", "ApplicationEnvironment"];

    [Theory]
    [OnCrdServer(nameof(Kinds))]
    public async Task EveryRuleAndAllTogetherStayBelowWhatTheServerAllows(TestServer on, string kind)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        var client = await server.OnAsync(on, limit.Token);
        var definition = ServerWithKinds.Definitions().Single(each => (string?)each["spec"]!["names"]!["kind"] == kind);
        var shares = new Dictionary<string, double>();

        (await RefusalAsync(client, definition, times: 1, limit.Token)).Should().BeNull();
        foreach (var times in (int[])[10, 100])
        {
            foreach (var (place, share) in Shares(await RefusalAsync(client, definition, times, limit.Token), times))
            {
                shares.TryAdd(place, share);
            }
        }

        foreach (var (place, rule) in DefinedRules.Of(definition).Append(("openAPIV3Schema", new JsonObject { ["rule"] = "all together" })))
        {
            output.WriteLine($"{(shares.TryGetValue(place, out var share) ? $"{share,6:P1}" : "  < 1%")} {place}: {rule["rule"]}");
        }

        shares.Should().NotBeEmpty("some rules cost more than a hundredth of what is allowed; else this test reads the answers wrongly");
        shares.Should().OnlyContain(rule => rule.Value < Most);
    }

    // Under another group it is a new definition, and nothing of it is stored.
    private static Task<Refusal?> RefusalAsync(KubeClient client, JsonObject definition, int times, CancellationToken cancellationToken)
    {
        var tried = definition.DeepClone().AsObject();
        tried["spec"]!["group"] = "cost.idp.dev";
        tried["metadata"]!["name"] = $"{tried["spec"]!["names"]!["plural"]}.cost.idp.dev";
        foreach (var (_, rule) in DefinedRules.Of(tried))
        {
            rule["rule"] = string.Join(" && ", Enumerable.Repeat($"({rule["rule"]})", times));
        }

        var apply = new ApplyOptions { FieldManager = "test", DryRun = true };
        return Refusal.OfAsync(() => client.ApplyAsync(WellKnownKinds.CustomResourceDefinition, tried, apply, cancellationToken));
    }

    private static IEnumerable<(string Place, double Share)> Shares(Refusal? refusal, int times) =>
        from fault in refusal?.Faults ?? []
        let factor = Factor().Match(fault.Message)
        where factor.Success
        let place = fault.Field.Replace("spec.validation.", "", StringComparison.Ordinal)
        select (
            place.EndsWith(".rule", StringComparison.Ordinal) ? place[..^".rule".Length] : place,
            double.Parse(factor.Groups[1].Value, CultureInfo.InvariantCulture) / times);

    [GeneratedRegex(@"exceeds budget by factor of (?:more than )?([0-9.]+)x")]
    private static partial Regex Factor();
}
