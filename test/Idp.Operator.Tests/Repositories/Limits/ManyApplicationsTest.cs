using Idp.Entities;
using Idp.Kubernetes.Model;
using Idp.Sandbox.GitHub;
using Xunit.Abstractions;

namespace Idp.Operator.Tests.Repositories.Limits;

/// <summary>Five hundred applications at once, against GitHub's limits on a simulated clock.</summary>
public sealed class ManyApplicationsTest(ITestOutputHelper output)
{
    private static readonly GitHubServerLimits AsGitHubSetsThem = new();

    [Fact]
    public async Task AllGetTheirRepository_WithoutARequestTooMany_AndNoTeamWaitsForAnother()
    {
        await using var world = await LimitedWorld.StartAsync(AsGitHubSetsThem);
        var start = world.Clock.GetUtcNow();

        // One team comes first with most of them; nine others follow with eleven each.
        var apps = Enumerable.Range(0, 401).Select(number => world.NewApp("team-noisy", $"noisy-{number}"))
            .Concat(Enumerable.Range(0, 99).Select(number => world.NewApp($"team-quiet-{number % 9}", $"quiet-{number}")))
            .ToList();
        var run = await RunAsync(world, apps);

        var took = world.Clock.GetUtcNow() - start;
        var requests = world.Server.Requests.ByOperation();
        output.WriteLine($"{apps.Count} applications in {took.TotalHours:0.00} simulated hours, {world.Server.Requests.Total} requests, {run.Visits} reconciles.");
        output.WriteLine(string.Join(", ", requests.Select(pair => $"{pair.Key} {pair.Value}")));
        run.Ready.Should().HaveCount(500);
        requests["create_repository"].Should().Be(500, "nothing is doubled");
        requests["git_receive_pack"].Should().Be(500);
        world.Server.RequestsWhileLimited.Should().Be(0, "nothing is sent after a limit said stop");
        world.Server.Requests.Writes.Should().Be(500 * 3, "a repository takes one that makes it, one push, and one for its settings");
        took.Should().BeLessThan(TimeSpan.FromHours(1.25), "the limits allow 500 an hour");

        // The noisy team began, and its first forty were served before anybody else had been looked at; then teams take turns.
        var firstHours = run.Ready.Take(170).ToLookup(name => name.Split('-')[0]);
        firstHours["quiet"].Count().Should().BeGreaterThan(90, "the quiet teams do not wait for the noisy one's hundreds");
    }

    [Fact]
    public async Task WhoWaitsIsToldUntilWhen()
    {
        await using var world = await LimitedWorld.StartAsync(AsGitHubSetsThem);
        for (var number = 0; number < 40; number++)
        {
            await world.ReconcileAsync(world.NewApp("team-a", $"early-{number}"));
        }

        var (late, outcome) = await world.ReconcileAsync(world.NewApp("team-b", "late"));

        var condition = late.Status.Conditions.Single(c => c.Type == Conditions.RepositoryReady);
        condition.Status.Should().Be(ConditionStatus.False);
        condition.Reason.Should().Be(Reasons.GitHubRateLimited);
        var due = world.Clock.GetUtcNow().AddSeconds(61);
        condition.Message.Should().Contain($"{due:u}");
        outcome.Problem!.RetryAfter.Should().Be(TimeSpan.FromSeconds(61));
        late.Status.Conditions.Should().NotContain(c => c.Type == Conditions.Stalled);
        world.Server.Requests.ByOperation()["create_repository"].Should().Be(40);
    }

    private static async Task<(List<string> Ready, int Visits)> RunAsync(LimitedWorld world, List<BackendApp> apps)
    {
        var queue = new PriorityQueue<BackendApp, (DateTimeOffset, int)>();
        var (ready, visits) = (new List<string>(), 0);
        foreach (var app in apps)
        {
            queue.Enqueue(app, (world.Clock.GetUtcNow(), visits++));
        }

        while (queue.TryDequeue(out var next, out var due))
        {
            if (due.Item1 > world.Clock.GetUtcNow())
            {
                world.Clock.AdvanceTo(due.Item1);
            }

            var (app, outcome) = await world.ReconcileAsync(next);
            if (outcome is { Problem: null, IsThere: true })
            {
                ready.Add(app.Metadata.Name);
                continue;
            }

            outcome.Problem!.IsTerminal.Should().BeFalse(outcome.Problem.Message);
            queue.Enqueue(app, (world.Clock.GetUtcNow() + (outcome.Problem.RetryAfter ?? TimeSpan.FromSeconds(5)), visits++));
            visits.Should().BeLessThan(20_000, "waiting is not asking again and again");
        }

        return (ready, visits);
    }
}
