using Idp.Entities;
using Idp.Kubernetes.Apply;
using Idp.Kubernetes.Model;
using Idp.Operator.BackendApps;
using Idp.Operator.Reporting;
using Idp.Operator.Repositories;
using Idp.Operator.Repositories.Features;
using Idp.Operator.Settings;

namespace Idp.Operator.Tests.BackendApps;

public sealed class RepositoryConfiguredStatusTest
{
    private static readonly FeatureRefusal Refusal = new(
        "vulnerability alerts", Reasons.GitHubPermissionMissing, "GitHub said no. Grant the operator's credentials administration=write.");

    [Fact]
    public void EverythingAsWanted_IsTrue() => Find(Outcome()).Should().Match<Condition>(
        c => c.Status == ConditionStatus.True && c.Reason == Reasons.Succeeded);

    [Fact]
    public void ARefusal_NamesThePartAndThePermission_AndLeavesReadyAlone()
    {
        var status = Report(Outcome() with { Refusals = [Refusal] });

        var condition = status.Conditions.Single(c => c.Type == Conditions.RepositoryConfigured);
        condition.Status.Should().Be(ConditionStatus.False);
        condition.Reason.Should().Be(Reasons.GitHubPermissionMissing);
        condition.Message.Should().StartWith("vulnerability alerts: GitHub said no.").And.Contain("administration=write");
        status.Conditions.Single(c => c.Type == Conditions.Ready).Status.Should().Be(ConditionStatus.True);
        status.Conditions.Select(c => c.Type).Should().NotContain([Conditions.Stalled, Conditions.Reconciling]);
    }

    [Fact]
    public void WhereNothingIsSet_ItIsTrueAndSaysSo()
    {
        var settings = Apps.Settings with
        {
            GitHub = new GitHubSettings
            {
                Owner = "acme",
                Repository = new GitHubRepositorySettings
                {
                    DeleteBranchOnMerge = null,
                    Merge = new MergeSettings { Squash = null, Merge = null, Rebase = null },
                },
            },
        };

        Find(Outcome(), settings: settings).Should().Match<Condition>(
            c => c.Status == ConditionStatus.True && c.Reason == Reasons.NotConfigured);
    }

    [Fact]
    public void BeforeItIsLookedAt_ItIsUnknown()
    {
        var refused = Outcome() with { Problem = new Problem(Reasons.GitHubUnavailable, "GitHub answered 502.", IsTerminal: false) };

        Find(refused).Reason.Should().Be(Reasons.DependencyNotReady);
        Find(new RepositoryOutcome()).Reason.Should().Be(Reasons.Progressing);
        Find(Outcome(), """{"suspend": true}""").Reason.Should().Be(Reasons.Suspended);
        Find(refused).Status.Should().Be(ConditionStatus.Unknown);
    }

    private static RepositoryOutcome Outcome() => new() { Repository = Apps.Repository(), Commit = "c0ffee" };

    private static Condition Find(RepositoryOutcome outcome, string spec = "{}", PlatformSettings? settings = null) =>
        Report(outcome, spec, settings).Conditions.Single(c => c.Type == Conditions.RepositoryConfigured);

    private static BackendAppStatus Report(RepositoryOutcome outcome, string spec = "{}", PlatformSettings? settings = null)
    {
        var app = Apps.Read(spec);
        var result = new AppResult
        {
            Repository = outcome,
            Environments = [Apps.Ready("staging"), Apps.Ready("production")],
            Report = new ApplyReport([], [], [], []),
        };
        var plan = BackendAppPlan.For(app, Apps.World() with { Settings = settings ?? Apps.Settings });
        return ReportedStatus.Of(app, plan, result, Apps.Catalog, Apps.Now);
    }
}
