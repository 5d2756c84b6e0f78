using System.Text.RegularExpressions;
using Idp.Sandbox.Demo;

namespace Idp.Sandbox.Tests.Demo;

public sealed partial class NarratorTest
{
    [Fact]
    public async Task AStageWithNothingToSay_TellsHowLongItHasTakenAndHowFarItIs()
    {
        using var said = new StringWriter();
        var narrator = new Narrator(said, TimeProvider.System, colours: false, TimeSpan.FromMilliseconds(40));
        var asked = 0;
        var askedTwice = new TaskCompletionSource();

        await narrator.StageAsync("Waiting", () => askedTwice.Task, () =>
        {
            var times = Interlocked.Increment(ref asked);
            if (times == 2)
            {
                askedTwice.SetResult();
            }

            return $"{times} of 2 there";
        });

        Still().Count(said.ToString()).Should().BeGreaterThanOrEqualTo(1);
        said.ToString().Should().MatchRegex("… Waiting: 0 s so far, 1 of 2 there");
    }

    [Fact]
    public async Task AStageThatIsOver_SaysNothingMore()
    {
        using var said = new StringWriter();
        var narrator = new Narrator(said, TimeProvider.System, colours: false, TimeSpan.FromHours(1));

        await narrator.StageAsync("Quick", () => Task.CompletedTask);

        Still().IsMatch(said.ToString()).Should().BeFalse();
    }

    [GeneratedRegex("so far")]
    private static partial Regex Still();
}
