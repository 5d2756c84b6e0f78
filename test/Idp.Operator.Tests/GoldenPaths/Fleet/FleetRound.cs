using System.Text;
using Idp.Operator.Tests.Ownership;
using Idp.Sandbox.GitHub;
using Idp.Testing.GoldenPaths;

namespace Idp.Operator.Tests.GoldenPaths.Fleet;

/// <summary>One version's way through a fleet: teams work, pull requests come, what they hold is compared with the oracle, and people decide.</summary>
internal sealed class FleetRound(Fleet fleet, OwnershipWorld world, TemplateVersion version)
{
    private const string Branch = "idp/golden-path";

    /// <summary>Lets teams change what they have, and push it.</summary>
    public async Task EditAsync(IEnumerable<string> teams, int seed)
    {
        foreach (var (index, name) in teams.Index())
        {
            await TeamEdits.ApplyAsync(fleet.Clones[name], version, (seed * 1_000) + index);
            await fleet.Clones[name].PushAsync();
        }
    }

    /// <summary>Compares every repository with the oracle; returns what the oracle says.</summary>
    public async Task<Dictionary<string, ExpectedUpdate>> CompareAsync()
    {
        var all = new Dictionary<string, ExpectedUpdate>(StringComparer.Ordinal);
        foreach (var name in fleet.Names)
        {
            var clone = fleet.Clones[name];
            var expected = all[name] = await UpdateOracle.ExpectedAsync(clone, version);
            var plan = await world.PlanUpdateAsync(Fleet.Key(name));
            plan.Files.ToDictionary(file => file.Path, file => file.Outcome.ToString()).Should().BeEquivalentTo(
                expected.Outcomes.Where(file => plan.Files.Any(known => known.Path == file.Key) || file.Value != FileClass.Conflict)
                    .ToDictionary(file => file.Key, file => file.Value.ToString()),
                name);
            if (fleet.Open(name) is [var pull])
            {
                await CompareAsync(name, pull, expected);
            }
            else
            {
                expected.HasContent.Should().BeFalse($"{name} has no pull request");
            }
        }

        return all;
    }

    /// <summary>People merge most pull requests, and close some; returns how many were closed.</summary>
    public async Task<int> DecideAsync(IReadOnlyDictionary<string, ExpectedUpdate> expected, int number)
    {
        var closed = 0;
        foreach (var (index, name) in fleet.Names.Index())
        {
            if (fleet.Open(name) is not [var pull])
            {
                continue;
            }

            if ((index + number) % 10 == 7)
            {
                await world.Server.People.CloseAsync(Fleet.Repository(name), pull.Number);
                closed++;
            }
            else
            {
                await world.Server.People.MergeAsync(Fleet.Repository(name), pull.Number, GitHubMergeMethod.Squash);
                await fleet.Clones[name].PullAsync();
                fleet.Clones[name].Accept(expected[name]);
            }

            fleet.Tell(name);
        }

        await fleet.UntilAsync(name => fleet.Status(name).Update is null or { IsOpen: false });
        return closed;
    }

    private async Task CompareAsync(string name, GitHubServerPullRequest pull, ExpectedUpdate expected)
    {
        var clone = fleet.Clones[name];
        var team = await clone.ReadAsync();
        await clone.Git.RunAsync("fetch", "--quiet", "origin", Branch);
        await clone.Git.RunAsync("checkout", "--quiet", "--detach", "FETCH_HEAD");
        var branch = await clone.ReadAsync();
        await clone.Git.RunAsync("checkout", "--quiet", "main");

        var after = expected.After(team);
        branch.Keys.Should().BeEquivalentTo(after.Keys, name);
        foreach (var (path, file) in after)
        {
            branch[path].Mode.Should().Be(file.Mode, $"{name} {path}");
            branch[path].Content.Should().Equal(file.Content, $"{name} {path}");
        }

        LostLines(clone, team, branch, expected).Should().BeEmpty(name);
        fleet.Status(name).Update!.Files.Should().BeEquivalentTo(
            (await world.PlanUpdateAsync(Fleet.Key(name))).Counts.ToDictionary(count => count.Key.ToString(), count => count.Value), name);
        (expected.HasContent || expected.Counts.ContainsKey(FileClass.Conflict)).Should().BeTrue($"the pull request of {name} has to have content");
        pull.Body.Should().NotContain("<<<<<<<");
    }

    // What a team added to what was brought, and is not in what is proposed.
    private static List<string> LostLines(
        FleetRepository clone, IReadOnlyDictionary<string, TeamFile> team, IReadOnlyDictionary<string, TeamFile> branch, ExpectedUpdate expected)
    {
        var lost = new List<string>();
        var places = expected.Files.ToDictionary(file => file.Place, file => file.Path);
        foreach (var (path, file) in team)
        {
            var before = places.TryGetValue(path, out var own) && clone.Bases.TryGetValue(own, out var brought) ? Lines(brought.Content) : [];
            var there = branch.TryGetValue(path, out var proposed) ? Lines(proposed.Content) : [];
            lost.AddRange(Lines(file.Content).Except(before).Except(there).Select(line => $"{path}: {line}"));
        }

        return lost;
    }

    private static IEnumerable<string> Lines(byte[] content) => Encoding.Latin1.GetString(content).Split('\n').Select(line => line.TrimEnd('\r'));
}
