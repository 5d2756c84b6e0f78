using Idp.Entities;
using Xunit.Abstractions;

namespace Idp.EndToEnd.Tests.GitHub;

/// <summary>Five hundred applications at once, on a real API server, against limits as GitHub sets them.</summary>
/// <remarks>Takes four minutes and the whole machine, so it is nightly; the same limits without an API server are in the operator's own tests.</remarks>
[Collection(HurriedWorld.Name)]
[Trait("Category", "Nightly")]
public sealed class ManyApplicationsTest(HurriedPlatform platform, ITestOutputHelper output)
{
    private const int Noisy = 401;
    private const int Quiet = 99;

    [Fact]
    public async Task AllBecomeReady_WithoutARequestTooMany_AndNoTeamWaitsForAnother()
    {
        var began = platform.Clock.GetUtcNow();

        // One team comes first with most of them; nine others follow with eleven each.
        var noisy = await platform.NewTeamAsync("noisy");
        foreach (var number in Enumerable.Range(0, Noisy))
        {
            await new TestApp(platform, noisy, $"noisy-{number}").ApplyAsync(Specs.Small);
        }

        foreach (var number in Enumerable.Range(0, 9))
        {
            await platform.NewTeamAsync($"quiet-{number}");
        }

        foreach (var number in Enumerable.Range(0, Quiet))
        {
            await new TestApp(platform, $"team-quiet-{number % 9}", $"quiet-{number}").ApplyAsync(Specs.Small);
        }

        // The clock stood still until here, so this is at most what GitHub allows in a minute.
        var ahead = platform.GitHub.Count();
        await platform.PassTimeUntilAsync(AllAreReadyAsync, TimeSpan.FromMinutes(10));

        var took = platform.Clock.GetUtcNow() - began;
        var (server, apps) = (platform.Sandbox.GitHub, await platform.ListAsync(Kinds.BackendApp));
        var requests = server.Requests.ByOperation();
        output.WriteLine($"{apps.Count} applications Ready in {took.TotalHours:0.00} simulated hours, {server.Requests.Total} requests.");
        output.WriteLine(string.Join(", ", requests.Select(pair => $"{pair.Key} {pair.Value}")));
        server.RequestsWhileLimited.Should().Be(0, "nothing is sent after a limit said stop");
        requests["create_repository"].Should().Be(500, "nothing is doubled");
        platform.GitHub.Count().Should().Be(500);
        server.Requests.Writes.Should().Be(500 * 3, "a repository takes one that makes it, one push, and one for its settings");
        (500 / took.TotalHours).Should().BeGreaterThan(400, "the limits allow 500 an hour");

        // The first places were the noisy team's before anybody else had come; then ten teams take turns, so that twelve rounds are enough for eleven each.
        var first = apps.OrderBy(app => app["status"]!["repository"]!["id"]!.GetValue<long>()).Take(ahead + 120)
            .ToLookup(app => app.TextAt("metadata", "name")!.Split('-')[0]);
        first["quiet"].Count().Should().BeGreaterThan(90, "the quiet teams do not wait for the noisy one's hundreds");
    }

    private async Task<(bool Yes, string Saying)> AllAreReadyAsync()
    {
        var waiting = (await platform.ListAsync(Kinds.BackendApp)).Where(app => !app.Is(Conditions.Ready)).ToList();
        return (waiting.Count == 0, $"{waiting.Count} wait, the first:{waiting.Select(ConditionReading.Print).FirstOrDefault()}");
    }
}
