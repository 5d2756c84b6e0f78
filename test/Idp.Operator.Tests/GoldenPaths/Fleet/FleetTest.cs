using System.Globalization;
using System.Text;
using Idp.Operator.Tests.Ownership;
using Idp.Sandbox.GitHub;
using Idp.Testing.GoldenPaths;
using Xunit.Abstractions;

namespace Idp.Operator.Tests.GoldenPaths.Fleet;

/// <summary>
/// Brings many repositories, a third of them changed by their teams, through newer versions of a golden path, while the operator is killed again and
/// again: what comes of every file is what git itself says. <c>IDP_FLEET=200</c> takes so many repositories.
/// </summary>
public sealed class FleetTest(ITestOutputHelper output) : IDisposable
{
    private const int Seed = 20261127;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("idp-fleet-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task EveryFile_ComesToWhatGitSays_AndNoLineOfATeamIsLost()
    {
        var count = int.TryParse(Environment.GetEnvironmentVariable("IDP_FLEET"), out var asked) ? asked : 15;
        var versions = TemplateHistory.Make(Seed, 4);
        await using var world = await OwnershipWorld.StartAsync(limits: new GitHubServerLimits());
        var fleet = new Fleet(world, _folder.FullName, count, Seed);
        await fleet.MakeAsync(versions[0]);
        fleet.Kills = 10;
        var table = new StringBuilder("version  open  closed  hours");
        foreach (var outcome in Enum.GetNames<FileClass>())
        {
            table.Append(CultureInfo.InvariantCulture, $"  {outcome}");
        }

        foreach (var (number, version) in versions.Skip(1).Index())
        {
            var teams = fleet.Names.Where((_, index) => (index + number) % 3 == 0).ToList();
            var round = new FleetRound(fleet, world, version);
            await round.EditAsync(teams, Seed + number);
            var began = world.Clock.GetUtcNow();
            fleet.Offer(version);
            await fleet.UntilAsync(name => fleet.Status(name) is var status && (status.Version == version.Version || status.Update?.Version == version.Version));
            var hours = (world.Clock.GetUtcNow() - began).TotalHours;
            var expected = await round.CompareAsync();
            var closed = await round.DecideAsync(expected, number);
            table.Append(CultureInfo.InvariantCulture, $"\n{version.Version,7}  {expected.Values.Count(update => update.HasContent),4}  {closed,6}  {hours,5:0.00}");
            foreach (var outcome in Enum.GetValues<FileClass>())
            {
                var files = expected.Values.Sum(update => update.Counts.GetValueOrDefault(outcome));
                table.Append(CultureInfo.InvariantCulture, $"  {files.ToString(CultureInfo.InvariantCulture).PadLeft(outcome.ToString().Length)}");
            }
        }

        output.WriteLine($"{count} repositories, seed {Seed}, {fleet.Killed} times killed\n{table}");
        world.Server.RequestsWhileLimited.Should().Be(0);
        fleet.Killed.Should().BePositive();
    }
}
