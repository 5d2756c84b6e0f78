using System.Text.Json.Nodes;
using Idp.Sandbox.GitHub;
using Idp.Sandbox.Tests.GitHub;

namespace Idp.Sandbox.Tests.Contract;

/// <summary>Sends a recorded scenario to the contract server, and compares the shapes of the answers.</summary>
internal sealed class RecordedReplay(GitHubServer server, HttpClient http)
{
    private const string Owner = "octokit-fixture-org";

    // Scenarios that begin with a repository that is not empty; the number is that of its commits.
    private static readonly Dictionary<string, (string Repository, int Commits)> Prepared = new()
    {
        ["get-repository"] = ("hello-world", 1),
        ["get-content"] = ("hello-world", 1),
        ["git-refs"] = ("git-refs", 2),
        ["branch-protection"] = ("branch-protection", 1),
        ["create-status"] = ("create-status", 1),
    };

    /// <summary>Returns the exchanges that the server knows, and what they lack of what GitHub answered.</summary>
    public async Task<IReadOnlyList<(RecordedExchange Exchange, string Lack)>> RunAsync(string scenario)
    {
        var (repository, commits) = Prepared.GetValueOrDefault(scenario, (scenario, 0));
        var id = await PrepareAsync(repository);
        var shas = new List<string>();
        for (var number = 0; number < commits; number++)
        {
            var body = $$"""{"message":"m","content":"eA=="}""";
            var made = await AskAsync("PUT", $"repos/{Owner}/{repository}/contents/{(number == 0 ? "README.md" : "b")}", body);
            shas.Add(made.Body!["commit"]!["sha"]!.ToString());
        }

        var found = new List<(RecordedExchange, string)>();
        foreach (var exchange in RecordedExchange.Of(scenario))
        {
            var known = Unknown();
            var answer = await AskAsync(exchange.Method, Shas(Path(exchange.Path, id), shas)!, Shas(exchange.RequestBody, shas));
            if (Unknown() == known)
            {
                found.AddRange(Compare(exchange, answer).DefaultIfEmpty("").Select(lack => (exchange, lack)));
            }
        }

        return found;
    }

    private static IEnumerable<string> Compare(RecordedExchange recorded, (int Status, JsonNode? Body) ours) =>
        recorded.Status == ours.Status
            ? JsonShape.Missing(recorded.Body, ours.Body, "body")
            : [$"status is {ours.Status}"];

    private async Task<string> PrepareAsync(string name)
    {
        var made = await AskAsync("POST", $"orgs/{Owner}/repos", $$"""{"name":"{{name}}","description":"d","homepage":"h"}""");
        made.Status.Should().Be(201);
        return made.Body!["id"]!.ToString();
    }

    // The number and the SHAs of the recording are not those of our repository.
    private static string Path(string recorded, string id) =>
        recorded.TrimStart('/').Replace("repositories/1000", $"repositories/{id}", StringComparison.Ordinal);

    private static string? Shas(string? text, List<string> shas) => shas switch
    {
        [var first, var second] => text?.Replace($"{2:D40}", first, StringComparison.Ordinal).Replace($"{1:D40}", second, StringComparison.Ordinal),
        [var only] => text?.Replace($"{1:D40}", only, StringComparison.Ordinal),
        _ => text,
    };

    private int Unknown() => server.Requests.ByOperation().GetValueOrDefault("unknown");

    private async Task<(int Status, JsonNode? Body)> AskAsync(string method, string path, string? body)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(server.BaseAddress, path));
        request.Headers.Add("Authorization", $"Bearer {Api.Token}");
        request.Headers.Add("User-Agent", "test");
        request.Content = body is null ? null : new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var response = await http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return ((int)response.StatusCode, text.StartsWith('{') || text.StartsWith('[') ? JsonNode.Parse(text) : null);
    }
}
