namespace Idp.GitHub.Tests;

public sealed class BudgetTest
{
    private static readonly GitHubLimits Small = new() { ContentPerMinute = 8, ContentPerHour = 20, PointsPerMinute = 100 };
    private readonly ManualTime _clock = new();

    [Fact]
    public void WindowIsFreeWhenEnoughOfItHasPassed()
    {
        var start = _clock.GetUtcNow();
        var window = new SlidingWindow(10, TimeSpan.FromMinutes(1));
        window.Spend(start, 4);
        window.Spend(start.AddSeconds(20), 4);

        window.FreeAt(start.AddSeconds(30), 2).Should().Be(start.AddSeconds(30));
        window.FreeAt(start.AddSeconds(30), 3).Should().Be(start.AddSeconds(61));
        window.FreeAt(start.AddSeconds(30), 7).Should().Be(start.AddSeconds(81));
        window.FreeAt(start.AddSeconds(61), 6).Should().Be(start.AddSeconds(61));
    }

    [Fact]
    public void WindowWithoutLimitIsAlwaysFree()
    {
        var window = new SlidingWindow(0, TimeSpan.FromMinutes(1));
        window.Spend(_clock.GetUtcNow(), 1000);

        window.FreeAt(_clock.GetUtcNow(), 1000).Should().Be(_clock.GetUtcNow());
    }

    [Fact]
    public void ReservationIsHeldForItsOwner_AndGivenBack()
    {
        var budget = new GitHubBudget(Small, _clock);
        using (budget.Reserve("one", "a", 6))
        {
            budget.Invoking(b => b.Reserve("two", "a", 3)).Should().Throw<RateLimitedException>();
        }

        budget.Invoking(b => b.Reserve("two", "a", 8)).Should().NotThrow("nothing of the reservation was used");
    }

    [Fact]
    public void WhatIsNotReservedWaitsForWhatIs()
    {
        var budget = new GitHubBudget(Small, _clock);
        var reservation = budget.Reserve("one", "a", 8);
        for (var request = 0; request < 8; request++)
        {
            SpendContent(budget);
        }

        var ninth = () => SpendContent(budget);

        ninth.Should().Throw<RateLimitedException>().Which.ResumeAt.Should().Be(_clock.GetUtcNow().AddSeconds(61));
        budget.Invoking(b => SpendRead(b)).Should().NotThrow("reading is not creating");
        reservation.Dispose();
        _clock.Advance(TimeSpan.FromSeconds(61));
        ninth.Should().NotThrow();
    }

    [Theory]
    [InlineData(10)]
    [InlineData(-10)]
    public void ClockThatIsSetAnew_NeitherOpensTheWindow_NorKeepsItShut(int minutes)
    {
        var budget = new GitHubBudget(Small, _clock);
        Use(budget, "first", 8);
        _clock.Skew = TimeSpan.FromMinutes(minutes);
        var ninth = () => SpendContent(budget);

        var until = ninth.Should().Throw<RateLimitedException>().Which.ResumeAt;

        until.Should().Be(_clock.GetUtcNow().AddSeconds(61), "people are told by the clock that they see");
        _clock.Advance(TimeSpan.FromSeconds(61));
        ninth.Should().NotThrow();
    }

    [Fact]
    public void TeamsTakeTurns()
    {
        var budget = new GitHubBudget(Small, _clock);
        Use(budget, "first", 8);
        List<(string Key, string Team)> waiting = [.. Enumerable.Range(0, 5).Select(i => ($"noisy-{i}", "noisy")), ("quiet", "quiet")];
        foreach (var (key, team) in waiting)
        {
            budget.Invoking(b => b.Reserve(key, team, 4)).Should().Throw<RateLimitedException>();
        }

        var served = new List<string>();
        for (var second = 0; second < 4 * 3600 && waiting.Count > 0; second++)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            foreach (var (key, team) in waiting.ToList())
            {
                if (Try(budget, key, team))
                {
                    served.Add(key);
                    waiting.Remove((key, team));
                }
            }
        }

        served.Should().Equal("noisy-0", "quiet", "noisy-1", "noisy-2", "noisy-3", "noisy-4");
    }

    [Fact]
    public void TeamThatComesLaterTakesTurnsFromThenOn_AndMakesUpForNothing()
    {
        var budget = new GitHubBudget(Small, _clock);
        Use(budget, "first", 8);
        List<(string Key, string Team)> waiting = [.. Enumerable.Range(0, 8).Select(i => ($"early-{i}", "early"))];
        var served = new List<string>();
        for (var second = 0; second < 8 * 3600 && waiting.Count > 0; second++)
        {
            foreach (var (key, team) in waiting.ToList())
            {
                if (Try(budget, key, team))
                {
                    served.Add(key);
                    waiting.Remove((key, team));
                }
            }

            if (served.Count == 3 && waiting.Count == 5)
            {
                waiting.AddRange(Enumerable.Range(0, 3).Select(i => ($"late-{i}", "late")));
            }

            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        served.Skip(3).Take(4).Should().Equal("early-3", "late-0", "early-4", "late-1");
        served.Should().HaveCount(11);
    }

    [Fact]
    public void PromisedTimeIsKept_WhereNobodyComesInBetween()
    {
        var budget = new GitHubBudget(Small, _clock);
        Use(budget, "first", 8);
        var promised = Promise(budget, "second", 6);
        var later = Promise(budget, "third", 6);

        promised.Should().Be(_clock.GetUtcNow().AddSeconds(61));
        later.Should().Be(_clock.GetUtcNow().AddSeconds(122), "both do not fit into one minute");
        _clock.AdvanceTo(promised);
        Use(budget, "second", 6);
        _clock.AdvanceTo(later);
        Use(budget, "third", 6);
    }

    [Fact]
    public void WhoDoesNotComeLosesThePlace()
    {
        var budget = new GitHubBudget(Small, _clock);
        Use(budget, "first", 8);
        Promise(budget, "gone", 8);
        var behind = Promise(budget, "behind", 8);

        _clock.Advance(TimeSpan.FromMinutes(7));

        behind.Should().BeAfter(_clock.GetUtcNow().AddMinutes(-6));
        Try(budget, "behind", "a", 8).Should().BeTrue();
    }

    [Fact]
    public void WhoLeavesGivesThePlaceUpAtOnce()
    {
        var budget = new GitHubBudget(Small, _clock);
        Use(budget, "first", 8);
        var promised = Promise(budget, "second", 8);

        budget.Leave("second");
        budget.Leave("nobody");

        _clock.AdvanceTo(promised);
        Try(budget, "third", "a", 8).Should().BeTrue("nobody is before it any more");
    }

    [Fact]
    public void RoomThatThoseBeforeWereNotPromised_GoesToWhoIsHere()
    {
        var budget = new GitHubBudget(Small with { ContentPerHour = 8 }, _clock);
        Use(budget, "first", 8);
        var next = Promise(budget, "gone", 8);
        var afterNext = Promise(budget, "asleep", 4);
        (next, afterNext).Should().Be((_clock.GetUtcNow().AddSeconds(3601), _clock.GetUtcNow().AddSeconds(7202)));

        _clock.AdvanceTo(next.AddMinutes(6));

        Try(budget, "here", "a").Should().BeTrue("one does not come any more, and the other was told to come much later");
        _clock.AdvanceTo(afterNext);
        Try(budget, "asleep", "a").Should().BeTrue("nothing of what it was promised is gone");
    }

    [Fact]
    public void WhoIsJustAboutToCome_IsNotOvertaken()
    {
        var budget = new GitHubBudget(Small, _clock);
        Use(budget, "first", 8);
        var promised = Promise(budget, "second", 8);

        _clock.AdvanceTo(promised);
        Try(budget, "third", "a").Should().BeFalse("it is the second's turn, which may be on its way");
        Try(budget, "second", "a", 8).Should().BeTrue();
    }

    [Fact]
    public void PointsOfAMinuteAreALimit_AndBackgroundKeepsHalfForPeople()
    {
        var budget = new GitHubBudget(Small, _clock);
        for (var request = 0; request < 51; request++)
        {
            SpendRead(budget);
        }

        budget.AllowsBackground.Should().BeFalse();
        for (var request = 0; request < 49; request++)
        {
            SpendRead(budget);
        }

        budget.Invoking(b => SpendRead(b)).Should().Throw<RateLimitedException>();
        _clock.Advance(TimeSpan.FromSeconds(62));
        budget.AllowsBackground.Should().BeTrue();
    }

    [Theory]
    [InlineData(200, 1000, true)]
    [InlineData(200, 999, false)]
    [InlineData(304, 999, false)]
    public void FifthOfTheHourlyQuotaIsKeptForPeople(int status, int remaining, bool allowed)
    {
        var budget = new GitHubBudget(Small, _clock);

        budget.Learn(Answer(status, remaining, 5000), "token", "").Should().BeNull();

        budget.AllowsBackground.Should().Be(allowed);
        _clock.Advance(TimeSpan.FromHours(2));
        budget.AllowsBackground.Should().BeTrue("the quota is whole again");
    }

    [Fact]
    public void NothingIsSentAfterTheLastOfTheHour()
    {
        var budget = new GitHubBudget(Small, _clock);
        budget.Learn(Answer(200, 0, 5000), "token", "");

        budget.Invoking(b => SpendRead(b)).Should().Throw<RateLimitedException>().Which.ResumeAt.Should().Be(_clock.GetUtcNow().AddSeconds(3601));
        Promise(budget, "one", 1).Should().Be(_clock.GetUtcNow().AddSeconds(3601));
    }

    private static void SpendContent(GitHubBudget budget) => budget.Spend(new GitHubCallContext(Operations.CreateRepository, "make one"), isWrite: true);

    private static void SpendRead(GitHubBudget budget) => budget.Spend(new GitHubCallContext(Operations.GetRepository, "show it"), isWrite: false);

    private GitHubResponse Answer(int status, int remaining, int limit)
    {
        var response = new HttpResponseMessage((System.Net.HttpStatusCode)status);
        response.Headers.Add("x-ratelimit-limit", $"{limit}");
        response.Headers.Add("x-ratelimit-remaining", $"{remaining}");
        response.Headers.Add("x-ratelimit-reset", $"{_clock.GetUtcNow().AddHours(1).ToUnixTimeSeconds()}");
        return new GitHubResponse(response.StatusCode, response.Headers, []);
    }

    private static void Use(GitHubBudget budget, string key, int requests)
    {
        using var reservation = budget.Reserve(key, "a", requests);
        for (var request = 0; request < requests; request++)
        {
            SpendContent(budget);
        }
    }

    private static DateTimeOffset Promise(GitHubBudget budget, string key, int requests) =>
        budget.Invoking(b => b.Reserve(key, "a", requests)).Should().Throw<RateLimitedException>().Which.ResumeAt;

    private static bool Try(GitHubBudget budget, string key, string team, int requests = 4)
    {
        try
        {
            using var reservation = budget.Reserve(key, team, requests);
            for (var request = 0; request < requests; request++)
            {
                SpendContent(budget);
            }

            return true;
        }
        catch (RateLimitedException)
        {
            return false;
        }
    }
}
