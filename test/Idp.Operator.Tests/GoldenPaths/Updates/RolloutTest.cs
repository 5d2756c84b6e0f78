using Idp.Entities;
using Idp.Operator.GoldenPaths.Updates;
using Idp.Operator.Settings;

namespace Idp.Operator.Tests.GoldenPaths.Updates;

public sealed class RolloutTest
{
    private static readonly DateTimeOffset Now = new(2026, 11, 25, 12, 0, 0, TimeSpan.Zero);
    private static readonly RenderedFor Target = UpdatedRepository.Version("2.0.0");

    [Fact]
    public void WithoutWaves_EverybodyMayBeginAtOnce()
    {
        Allowed(new RolloutSettings(), Fleet(20)).Should().HaveCount(20);
    }

    [Fact]
    public void SwitchedOff_NobodyMay()
    {
        Allowed(new RolloutSettings { Enabled = false }, Fleet(3)).Should().BeEmpty();
    }

    [Fact]
    public void FirstWave_IsTheShareOfIt_AndAlwaysTheSame()
    {
        var settings = new RolloutSettings { Waves = [new RolloutWave { Share = "10%" }] };

        var first = Allowed(settings, Fleet(50));

        first.Should().HaveCount(5);
        Allowed(settings, [.. Fleet(50).Reverse()]).Should().BeEquivalentTo(first);
    }

    [Fact]
    public void NextWave_BeginsWhenTheOneBeforeWasOffered_AndItsPauseIsOver()
    {
        var settings = new RolloutSettings { Waves = [new RolloutWave { Teams = ["core-*"] }, new RolloutWave { Pause = "24h" }] };
        var (core, other) = (Member("a") with { Team = "core-x" }, Member("b"));

        Allowed(settings, [core, other]).Should().Equal("a");
        var offered = core with { Known = Offered(Now - TimeSpan.FromHours(1)) };
        Rollout.Of(settings, [offered, other]).Waits("b", Target, Now).Should().BeEquivalentTo(new { Reason = Reasons.TemplateWaiting, RetryAfter = TimeSpan.FromHours(23) });
        Rollout.Of(settings, [offered, other]).Waits("b", Target, Now + TimeSpan.FromHours(23)).Should().BeNull();
    }

    [Fact]
    public void Waves_GoByLabelsAndStage()
    {
        var settings = new RolloutSettings
        {
            Waves = [new RolloutWave { Labels = new Dictionary<string, string> { ["tier"] = "test" } }, new RolloutWave { UpTo = Stage.Staging }],
        };
        var labelled = Member("labelled") with { Labels = new Dictionary<string, string> { ["tier"] = "test" } };
        var staging = Member("staging") with { Furthest = Stage.Staging };
        var production = Member("production");

        Allowed(settings, [production, staging, labelled]).Should().Equal("labelled");
        Allowed(settings, [production, staging, labelled with { Known = Offered(Now) }]).Should().BeEquivalentTo("labelled", "staging");
    }

    [Fact]
    public void WhoIsPinnedToAnotherVersion_HoldsUpNobody()
    {
        var settings = new RolloutSettings { Waves = [new RolloutWave { Teams = ["core"] }] };

        Allowed(settings, [Member("pinned") with { Team = "core", Target = "1.0.0" }, Member("b")]).Should().Contain("b");
    }

    [Fact]
    public void AtOnce_CountsThoseThatAreOpen_AndThoseThatBegin()
    {
        var rollout = Rollout.Of(new RolloutSettings { AtOnce = "2" }, [.. Fleet(5), Member("open") with { Known = Offered(Now) }]);

        rollout.Waits("0", Target, Now).Should().BeNull();
        rollout.Begin("0", Target, Now);

        rollout.Waits("1", Target, Now)!.Message.Should().Contain("2 pull requests are open");
        rollout.Waits("0", Target, Now).Should().BeNull("what was begun goes on");
    }

    [Fact]
    public void TooManyFailingChecks_StopIt_UntilTheyAreMended()
    {
        var settings = new RolloutSettings { StopAt = "20%", StopAfter = 3 };
        RolloutMember[] Checked(int failing, int passing) =>
        [
            .. Enumerable.Range(0, failing).Select(number => Member($"failing-{number}") with { Known = Offered(Now, TemplateChecks.Failing) }),
            .. Enumerable.Range(0, passing).Select(number => Member($"passing-{number}") with { Known = Offered(Now, TemplateChecks.Passing) }),
            Member("next"),
        ];

        Allowed(settings, Checked(2, 0)).Should().Contain("next", "two are no share");
        Allowed(settings, Checked(3, 12)).Should().Contain("next", "3 of 15 are 20 %");
        Rollout.Of(settings, Checked(3, 11)).Waits("next", Target, Now)!.Message.Should().Contain("3 of 14");
    }

    [Fact]
    public void OutsideOfItsWindow_NothingBegins()
    {
        var settings = new RolloutSettings { Window = new RolloutWindow { Opens = "0 9 * * 1-5", For = "8h", TimeZone = "Europe/Berlin" } };
        var rollout = Rollout.Of(settings, Fleet(1));

        rollout.Waits("0", Target, Now).Should().BeNull("it is one o'clock on a Wednesday in Berlin");
        rollout.Waits("0", Target, new DateTimeOffset(2026, 11, 25, 16, 0, 1, TimeSpan.Zero))!.RetryAfter.Should().Be(TimeSpan.FromSeconds(16 * 3600 - 1));
        rollout.Waits("0", Target, new DateTimeOffset(2026, 11, 28, 12, 0, 0, TimeSpan.Zero))!.Message.Should().Contain("2026-11-30 08:00:00Z");
    }

    private static IReadOnlyList<string> Allowed(RolloutSettings settings, IReadOnlyList<RolloutMember> members)
    {
        var rollout = Rollout.Of(settings, members);
        return [.. members.Select(member => member.Uid).Where(uid => rollout.Waits(uid, Target, Now) is null)];
    }

    private static RolloutMember[] Fleet(int count) => [.. Enumerable.Range(0, count).Select(number => Member($"{number}"))];

    private static RolloutMember Member(string uid) => new(
        uid, "path", "2.0.0", "team", Stage.Production, new Dictionary<string, string>(), new TemplateStatus { Name = "path", Version = "1.0.0", Inputs = "x" });

    private static TemplateStatus Offered(DateTimeOffset since, TemplateChecks checks = TemplateChecks.None) => new()
    {
        Name = "path",
        Version = "1.0.0",
        Update = new TemplateUpdateStatus { Version = "2.0.0", Inputs = Target.Inputs, IsOpen = true, Since = since, Checks = checks },
    };
}
