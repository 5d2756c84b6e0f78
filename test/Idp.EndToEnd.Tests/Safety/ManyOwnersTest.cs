using Idp.Entities;
using Xunit.Abstractions;

namespace Idp.EndToEnd.Tests.Safety;

/// <summary>Whoever names owner after owner, each of whom would have a token and limits of his own, holds up nobody and costs no memory.</summary>
/// <remarks><c>IDP_OWNERS=10000</c> names so many.</remarks>
[Collection(AppWorld.Name)]
public sealed class ManyOwnersTest(AppPlatform platform, ITestOutputHelper output)
{
    private const long Room = 64L << 20;
    private const int AtOnce = 50;

    [Fact]
    public async Task OwnersThatComeAndGo_CostNoMemory_AndOthersAreServed()
    {
        var owners = int.TryParse(Environment.GetEnvironmentVariable("IDP_OWNERS"), out var asked) ? asked : 300;
        await (await platform.NewAppAsync("owners-warm")).MakeAsync(Specs.Small);
        var team = await platform.NewTeamAsync(AppPlatform.ManyOwners);
        var apps = Enumerable.Range(0, AtOnce).Select(number => new TestApp(platform, team, $"owners-{number}")).ToList();
        var memory = await OperatorMemory.BeginAsync(platform.Operator);

        for (var first = 0; first < owners; first += AtOnce)
        {
            await Parallel.ForAsync(0, AtOnce, async (number, _) =>
                await apps[number].ApplyAsync($"repository: {{owner: owner-{first + number}, deletionPolicy: Retain}}"));
            if (first / AtOnce == 1)
            {
                await (await platform.NewAppAsync("owners-served")).MakeAsync(Specs.Small);
            }

            await platform.Watching.UntilAsync("every owner asked for", AreAllHandledAsync, TimeSpan.FromMilliseconds(100));
        }

        output.WriteLine($"{owners} owners took {memory.Grown >> 20} MiB.");
        memory.Grown.Should().BeLessThan(Room);
    }

    private async Task<bool> AreAllHandledAsync() =>
        (await platform.ListAsync(Kinds.BackendApp, $"team-{AppPlatform.ManyOwners}")).All(app => app.Condition(Conditions.RepositoryReady) is not null);
}
