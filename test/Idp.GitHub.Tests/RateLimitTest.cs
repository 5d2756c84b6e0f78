using System.Net;

namespace Idp.GitHub.Tests;

public sealed class RateLimitTest
{
    private const string Reset = "1772370000";
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static TheoryData<int, string, string, double?> Decisions => new()
    {
        // Status, headers, message, seconds to wait.
        { 403, "", "Resource not accessible by integration", null },
        { 403, "x-ratelimit-remaining: 4114", "Must have admin rights to Repository.", null },
        { 403, "retry-after: 30", "", 30 },
        { 429, "retry-after: 30", "", 30 },
        { 403, $"retry-after: 30|x-ratelimit-remaining: 0|x-ratelimit-reset: {Reset}", "", 30 },
        { 403, "retry-after: Sun, 01 Mar 2026 12:00:45 GMT", "", 45 },
        { 403, $"x-ratelimit-remaining: 0|x-ratelimit-reset: {Reset}", "API rate limit exceeded", 3601 },
        { 429, $"x-ratelimit-remaining: 0|x-ratelimit-reset: {Reset}", "", 3601 },
        { 403, $"x-ratelimit-remaining: 17|x-ratelimit-reset: {Reset}", "You have exceeded a secondary rate limit", 60 },
        { 403, "", "You have triggered an abuse detection mechanism.", 60 },
        { 403, "", "no https://docs.github.com/rest/rate-limits#about-secondary-rate-limits", 60 },
        { 403, "x-ratelimit-remaining: 0", "", 60 },
        { 403, "x-ratelimit-remaining: 0|x-ratelimit-reset: soon", "", 60 },
        { 429, "", "", 60 },
        { 404, "retry-after: 30|x-ratelimit-remaining: 0", "secondary rate", null },
        { 401, "x-ratelimit-remaining: 0", "", null },
        { 503, "retry-after: 30", "", null },
    };

    [Theory]
    [MemberData(nameof(Decisions))]
    public void WaitIsTakenFromTheFirstThatSpeaks(int status, string headers, string message, double? seconds)
    {
        var decision = RateLimit.Decide(Answer(status, headers), message, Now, strikes: 0);

        decision?.Wait.TotalSeconds.Should().Be(seconds);
        (decision is null).Should().Be(seconds is null);
    }

    public static TheoryData<string, double, double> Nonsense => new()
    {
        // Headers; from and to how many seconds are waited.
        { "retry-after: 0", 1, 1.1 },
        { "retry-after: Sun, 01 Mar 2026 11:00:00 GMT", 1, 1.1 },
        { "x-ratelimit-remaining: 0|x-ratelimit-reset: 1", 1, 1.1 },
        { "retry-after: 2000000000", 7200, 7200 },
        { "retry-after: Fri, 01 Mar 2126 12:00:00 GMT", 7200, 7200 },
        { "x-ratelimit-remaining: 0|x-ratelimit-reset: 253402300000", 7200, 7200 },
        { "date: Sun, 01 Mar 2026 12:10:00 GMT|retry-after: Sun, 01 Mar 2026 12:10:30 GMT", 30, 30 },
        { "date: Sun, 01 Mar 2026 11:50:00 GMT|retry-after: Sun, 01 Mar 2026 11:50:30 GMT", 30, 30 },
        { $"date: Sun, 01 Mar 2026 12:10:00 GMT|x-ratelimit-remaining: 0|x-ratelimit-reset: {Reset}", 3001, 3001 },
    };

    [Theory]
    [MemberData(nameof(Nonsense))]
    public void WaitIsNeitherNoneNorForEver_AndByGitHubsOwnClock(string headers, double from, double to)
    {
        var gate = new RateLimitGate();

        var wait = gate.Close(Answer(429, headers), "", Now, Now) - Now;

        wait!.Value.TotalSeconds.Should().BeInRange(from, to);
    }

    [Fact]
    public void LimitThatIsOverAlready_IsGivenMoreTimeEachTime()
    {
        var gate = new RateLimitGate();
        var waits = new List<double>();
        for (var now = Now; waits.Count < 7; now = gate.ResumeAt)
        {
            waits.Add((gate.Close(Answer(403, "retry-after: 0"), "", now, now) - now)!.Value.TotalSeconds);
        }

        waits.Take(5).Should().BeInAscendingOrder();
        waits.Should().OnlyContain(wait => wait >= 1 && wait <= 18);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    [InlineData(3, 8)]
    [InlineData(4, 16)]
    [InlineData(40, 16)]
    public void GuessDoubles_UpToACap(int strikes, int minutes)
    {
        var decision = RateLimit.Decide(Answer(429, ""), "", Now, strikes);

        decision!.Value.Wait.Should().Be(TimeSpan.FromMinutes(minutes));
    }

    [Fact]
    public async Task NothingIsSentUntilTheTimeIsUp()
    {
        var clock = new ManualTime(Now);
        var limited = true;
        var handler = new ScriptedHandler(_ => limited
            ? ScriptedHandler.Json(403, """{"message":"API rate limit exceeded"}""", ("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", Reset))
            : ScriptedHandler.Json(404, "{}"));
        var client = handler.Client(clock: clock);
        var find = () => client.FindRepositoryAsync("acme", "x", CancellationToken.None);

        var first = (await find.Should().ThrowAsync<RateLimitedException>()).Which;
        limited = false;
        clock.AdvanceTo(first.ResumeAt.AddSeconds(-1));
        var second = (await find.Should().ThrowAsync<RateLimitedException>()).Which;

        first.IsTerminal.Should().BeFalse();
        first.ResumeAt.Should().Be(Now.AddSeconds(3601));
        second.ResumeAt.Should().Be(first.ResumeAt);
        handler.Asked.Should().ContainSingle();
        clock.AdvanceTo(first.ResumeAt);
        (await find()).Should().BeNull();
        handler.Asked.Should().HaveCount(2);
    }

    [Fact]
    public async Task SuccessEndsTheDoubling()
    {
        var clock = new ManualTime(Now);
        var limited = true;
        var handler = new ScriptedHandler(
            _ => limited ? ScriptedHandler.Json(429, "") : ScriptedHandler.Json(404, "{}"));
        var client = handler.Client(clock: clock);
        var find = () => client.FindRepositoryAsync("acme", "x", CancellationToken.None);

        (await WaitAsync()).Should().BeCloseTo(TimeSpan.FromMinutes(1.05), TimeSpan.FromMinutes(0.05));
        (await WaitAsync()).Should().BeCloseTo(TimeSpan.FromMinutes(2.1), TimeSpan.FromMinutes(0.1));
        limited = false;
        await find();
        limited = true;
        (await WaitAsync()).Should().BeCloseTo(TimeSpan.FromMinutes(1.05), TimeSpan.FromMinutes(0.05));

        async Task<TimeSpan> WaitAsync()
        {
            var error = (await find.Should().ThrowAsync<RateLimitedException>()).Which;
            var wait = error.ResumeAt - clock.GetUtcNow();
            clock.AdvanceTo(error.ResumeAt);
            return wait;
        }
    }

    private static GitHubResponse Answer(int status, string headers)
    {
        var response = new HttpResponseMessage((HttpStatusCode)status);
        foreach (var header in headers.Split('|', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = header.Split(": ", 2);
            response.Headers.TryAddWithoutValidation(parts[0], parts[1]);
        }

        return new GitHubResponse(response.StatusCode, response.Headers, []);
    }
}
