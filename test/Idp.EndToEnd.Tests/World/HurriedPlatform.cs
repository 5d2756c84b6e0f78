using System.Diagnostics;
using Idp.Sandbox.GitHub;
using Idp.Sandbox.World;

namespace Idp.EndToEnd.Tests.World;

/// <summary>
/// A world in which hours pass in minutes: the operator and GitHub go by one simulated clock. It runs as fast as the machine's while there is
/// work, and jumps while the operator waits. The API server and the other stand-ins know only the machine's time. GitHub sets its limits.
/// </summary>
public class HurriedPlatform : Platform
{
    // Far below the operator's timeouts, so that none is over because a request took a moment longer than the jump.
    private static readonly TimeSpan Jump = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(20);
    private HostedOperator? _hosted;

    /// <summary>The clock that the operator and GitHub go by.</summary>
    public ManualTime Clock { get; } = new(TimeProvider.System.GetUtcNow());

    /// <summary>Lets time pass until a question gets the answer yes.</summary>
    /// <param name="isDone">The question, and what to say while the answer is no; asked about once a second of the machine's time.</param>
    /// <param name="patience">How long it may take by the machine's clock.</param>
    /// <param name="most">How much time is jumped over at most; as much as it takes by default.</param>
    public async Task PassTimeUntilAsync(Func<Task<(bool Yes, string Saying)>> isDone, TimeSpan patience, TimeSpan? most = null)
    {
        var jumped = TimeSpan.Zero;
        var hosted = _hosted ?? throw new InvalidOperationException("No operator runs.");
        var (began, asked, worked, before) = (Stopwatch.GetTimestamp(), 0L, 0L, Stopwatch.GetTimestamp());
        using var glances = new PeriodicTimer(Glance, TimeProvider.System);
        while (await glances.WaitForNextTickAsync())
        {
            var now = Stopwatch.GetTimestamp();
            Clock.Advance(Stopwatch.GetElapsedTime(before, now));
            before = now;
            if (hosted.IsBusy)
            {
                worked = now;
            }
            else if (Stopwatch.GetElapsedTime(worked, now) > Quiet && jumped < (most ?? TimeSpan.MaxValue))
            {
                Clock.Advance(Jump);
                jumped += Jump;
            }

            if (Stopwatch.GetElapsedTime(asked, now) > TimeSpan.FromSeconds(1))
            {
                var (yes, saying) = await isDone();
                if (yes)
                {
                    return;
                }

                Stopwatch.GetElapsedTime(began, now).Should().BeLessThan(patience, saying);
                asked = now;
            }
        }
    }

    /// <summary>Looks through the operator's memory for a text that fits.</summary>
    internal Mentions FindMentions(Func<string, bool> fits) => Mentions.Of(_hosted!.Services, fits);

    /// <inheritdoc/>
    public override async Task DisposeAsync()
    {
        if (_hosted is not null)
        {
            await _hosted.DisposeAsync();
        }

        await base.DisposeAsync();
    }

    /// <inheritdoc/>
    protected override SandboxOptions Arrange(SandboxOptions options) => options with
    {
        GitHub = server => server with { Limits = new GitHubServerLimits(), Clock = Clock },
        Platform = settings => settings["github"]!.AsObject().Remove("limits"),
        PollInterval = TimeSpan.FromMinutes(10),
    };

    /// <inheritdoc/>
    protected override async Task BeginAsync() => _hosted = await HostedOperator.StartAsync(Sandbox, Clock);
}
