using System.Text.Json.Nodes;

namespace Idp.Sandbox.Tests.Contract;

/// <summary>A request that was sent to GitHub, and what GitHub answered, out of <c>@octokit/fixtures</c>.</summary>
/// <remarks>Recorded in 2022, then made anonymous; see <see href="https://github.com/octokit/fixtures"/>.</remarks>
internal sealed record RecordedExchange
{
    public required string Scenario { get; init; }

    public required string Method { get; init; }

    public required string Path { get; init; }

    public required string? RequestBody { get; init; }

    public required int Status { get; init; }

    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    /// <summary>The answer; null where it was empty or no JSON.</summary>
    public required JsonNode? Body { get; init; }

    public static IReadOnlyList<string> Scenarios() =>
        [.. Directory.EnumerateDirectories(Folder()).Select(path => System.IO.Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    public static IReadOnlyList<RecordedExchange> Of(string scenario)
    {
        var text = File.ReadAllText(System.IO.Path.Combine(Folder(), scenario, "normalized-fixture.json"));
        return [.. JsonNode.Parse(text)!.AsArray().Select(node => Read(scenario, node!.AsObject()))];
    }

    /// <summary>The one exchange of the scenario with that method and status whose path ends so.</summary>
    public static RecordedExchange Of(string scenario, string method, int status, string pathEnd) => Of(scenario).First(
        known => known.Method == method && known.Status == status && known.Path.EndsWith(pathEnd, StringComparison.Ordinal));

    public override string ToString() => $"{Scenario}: {Method} {Path} {Status}";

    private static string Folder() => ContractTools.Package("@octokit", "fixtures", "scenarios", "api.github.com");

    private static RecordedExchange Read(string scenario, JsonObject json) => new()
    {
        Scenario = scenario,
        Method = json["method"]!.ToString().ToUpperInvariant(),
        Path = json["path"]!.ToString(),
        RequestBody = json["body"] is JsonObject body ? body.ToJsonString() : null,
        Status = json["status"]!.GetValue<int>(),
        Headers = json["headers"]!.AsObject().ToDictionary(pair => pair.Key, pair => pair.Value!.ToString(), StringComparer.OrdinalIgnoreCase),
        Body = json["response"] is JsonObject or JsonArray ? json["response"] : null,
    };
}
