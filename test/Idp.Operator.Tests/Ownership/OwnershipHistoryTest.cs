using System.Globalization;

namespace Idp.Operator.Tests.Ownership;

/// <summary>After whatever teams, administrators and attackers did, in whatever order, every repository has the owner that it should have.</summary>
/// <remarks>
/// Every run lives through the same histories. <c>IDP_TEST_SEED=N</c> begins with history N, and <c>IDP_TEST_TIMES=40</c> lives through forty
/// times as many: ten thousand.
/// </remarks>
public sealed class OwnershipHistoryTest
{
    private const int Histories = 250;
    private const int AtOnce = 2;

    [Fact]
    public async Task EveryRepositoryHasTheOwnerThatTheModelGivesIt()
    {
        var first = Number("IDP_TEST_SEED", 20261127);
        var last = first + (Histories * Number("IDP_TEST_TIMES", 1));
        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(part => LiveAsync(first + part, last)));
    }

    private static async Task LiveAsync(int first, int last)
    {
        await using var world = await OwnershipWorld.StartAsync(OwnershipHistory.Teams);
        for (var seed = first; seed < last; seed += AtOnce)
        {
            await new OwnershipHistory(world, seed).LiveAsync();
        }
    }

    private static int Number(string variable, int usual) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable)?.Trim('(', ')').Split(',')[0], CultureInfo.InvariantCulture, out var number) ? number : usual;
}
