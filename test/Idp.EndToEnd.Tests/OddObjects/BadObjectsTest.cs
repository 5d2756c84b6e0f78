using Idp.Entities;
using Xunit.Abstractions;

namespace Idp.EndToEnd.Tests.OddObjects;

/// <summary>Whatever a BackendApp says, it comes to an end with a reason, and the operator lives.</summary>
/// <remarks><c>IDP_BAD_OBJECTS=2000</c> tries so many that pass the schema, and a quarter as many that do not.</remarks>
[Collection(OddWorld.Name)]
public sealed class BadObjectsTest(OddPlatform platform, ITestOutputHelper output)
{
    private const int Seed = 20_260_101;

    /// <summary>Ends that are neither ready nor stalled: another controller failed, or waits for a person.</summary>
    private static readonly string[] OthersToAct = [Reasons.SyncFailed, Reasons.OutOfSync, Reasons.HealthCheckFailed];

    [Fact]
    public async Task EveryObject_EndsWithAReason_AndTheOperatorLives()
    {
        var all = int.TryParse(Environment.GetEnvironmentVariable("IDP_BAD_OBJECTS"), out var asked);
        var (valid, broken) = all ? (asked, asked / 4) : (100, 50);
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(all ? 60 : 9));
        var objects = new BadObjects(platform.Sandbox, output.WriteLine, TimeProvider.System);

        var ends = await objects.ValidAsync(valid, Seed, patience.Token);
        Expect(ends, $"{valid} specs that pass the schema, seed {Seed}");
        ends.Ends.Should().ContainKey("Ready", "not everything that is odd is wrong");
        Expect(await objects.BrokenAsync(broken, Seed, patience.Token), $"{broken} specs that do not, seed {Seed}");

        platform.Operator.HasEnded.Should().BeFalse();
        BadObjectsReport.MistakesIn(platform.Operator.LogPath).Should().BeEmpty();
    }

    private void Expect(BadObjectsReport report, string what)
    {
        output.WriteLine($"{what}:{Environment.NewLine}{report}");
        report.Unsettled.Should().BeEmpty();
        report.Ends.Keys.Should().Contain(end => end.StartsWith("Stalled ", StringComparison.Ordinal));
        report.Ends.Keys.Should().NotContain("Stalled ", "a reason is given");
        report.Ends.Keys.Where(end => end.StartsWith("Not ready ", StringComparison.Ordinal)).Should()
            .BeSubsetOf(OthersToAct.Select(reason => $"Not ready {reason}"));
    }
}
