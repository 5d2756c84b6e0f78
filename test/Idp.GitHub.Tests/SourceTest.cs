using System.Text.RegularExpressions;

namespace Idp.GitHub.Tests;

/// <summary>Reads the source of the room, and keeps out of it what Octokit does.</summary>
public sealed partial class SourceTest
{
    /// <summary>Addresses that Octokit does not know.</summary>
    private static readonly string[] OwnAddresses =
    [
        "Administration/RepositoryRulesets.cs: repos/{repository.Owner}/{repository.Name}/rulesets",
    ];

    private static readonly IReadOnlyList<(string Path, string Code)> Sources = [.. ReadSources()];

    [Fact]
    public void AnAddressThatOctokitKnowsIsNotWrittenByHand() => (
        from source in Sources
        where !source.Path.StartsWith("SelfCheck/", StringComparison.Ordinal)
        from Match address in Address().Matches(source.Code)
        select $"{source.Path}: {address.Groups[1].Value}").Distinct().Should().BeEquivalentTo(OwnAddresses);

    [Theory]
    [InlineData(@"new HttpRequestMessage\b", new[] { "Calls/OctokitHttp.cs", "Git/GitRemote.cs", "Handlers/ExchangeHandler.cs" }, "a request is made in one place for the API and one for Git, and copied for the wire in one")]
    [InlineData(@"\bhttp\.SendAsync\b", new[] { "Handlers/ExchangeHandler.cs" }, "nothing gets past the chain")]
    [InlineData(@"\.Headers\.Authorization\b", new[] { "Handlers/AuthorizationHandler.cs", "Handlers/ExchangeHandler.cs" }, "one place sets tokens, and one keeps them out of what Git says")]
    [InlineData(@"\bHttpClientAdapter\b", new string[0], "it follows redirects to any host")]
    [InlineData(@"\bSimpleJson", new[] { "Calls/OctokitJson.cs" }, "nothing of ours is reflected")]
    [InlineData(@"\b(Api|NotFound|Authorization|RateLimitExceeded|AbuseDetection)Exception\b", new string[0], "Octokit's exceptions decide nothing")]
    public void OnlyOnePlaceSays(string pattern, string[] places, string because) =>
        Sources.Where(source => Regex.IsMatch(source.Code, pattern)).Select(source => source.Path).Should().BeEquivalentTo(places, because);

    private static IEnumerable<(string Path, string Code)> ReadSources()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "Idp.Operator.sln")))
        {
            directory = directory.Parent ?? throw new InvalidOperationException("This does not run inside the repository.");
        }

        var room = Path.Combine(directory.FullName, "src", "Idp.GitHub");
        return from path in Directory.EnumerateFiles(room, "*.cs", SearchOption.AllDirectories)
               select (Path.GetRelativePath(room, path).Replace('\\', '/'), Comment().Replace(File.ReadAllText(path), ""));
    }

    [GeneratedRegex(@"""/?((?:repos|repositories|orgs|users|user|teams|app|installation|graphql|enterprises)(?:/[^""?]*?)?)(?:\{\(|""|\?)")]
    private static partial Regex Address();

    [GeneratedRegex(@"^\s*///?.*$", RegexOptions.Multiline)]
    private static partial Regex Comment();
}
