using System.Globalization;
using Idp.Entities;
using Idp.Sandbox.GitHub;

namespace Idp.EndToEnd.Tests.Operations;

/// <summary>A GitHub that refuses is said in its own words, with what to do, and never makes a second repository.</summary>
[Collection(SharedWorld.Name)]
public sealed class GitHubTroubleTest(Platform platform)
{
    [Theory]
    [InlineData(503, Reasons.GitHubUnavailable, "503")]
    [InlineData(401, Reasons.GitHubUnauthorized, "platform.yaml")]
    [InlineData(403, Reasons.GitHubRateLimited, "rate limit")]
    public async Task ItIsSaidAndOvercome(int status, string reason, string words)
    {
        var app = await platform.NewAppAsync($"refused-{status}");
        var repositories = platform.GitHub.Count();
        platform.Sandbox.GitHub.Add(new GitHubFault
        {
            Method = "POST",
            Path = "^/orgs/acme/repos",
            Status = status,
            Body = new JsonObject { ["message"] = status == 403 ? "API rate limit exceeded for user ID 1." : "No." },
            Headers = status == 403 ? UsedUp() : new Dictionary<string, string>(),
        });

        await app.ApplyAsync(Specs.Small);
        var refused = await app.UntilAsync(
            $"told {reason}", item => item.Condition(Conditions.RepositoryReady).TextAt("reason") == reason);

        refused.Condition(Conditions.Ready).TextAt("message").Should().Contain(words);
        refused.Is(Conditions.Stalled).Should().BeFalse("it is tried again without anybody's help");
        refused.Is(Conditions.Reconciling).Should().BeTrue();
        if (status == 401)
        {
            await app.ReconcileAsync();
        }

        await app.UntilReadyAsync();
        platform.GitHub.Count().Should().Be(repositories + 1);
        (await platform.GitHub.CommitsAsync(app.Name)).Should().ContainSingle();
    }

    /// <summary>The headers of a limit that is used up for two seconds.</summary>
    private static Dictionary<string, string> UsedUp() => new()
    {
        ["X-RateLimit-Remaining"] = "0",
        ["X-RateLimit-Reset"] = TimeProvider.System.GetUtcNow().AddSeconds(2).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
    };
}
