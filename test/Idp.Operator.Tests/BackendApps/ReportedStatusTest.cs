using Idp.Entities;
using Idp.Kubernetes.Apply;
using Idp.Kubernetes.Model;
using Idp.Operator.BackendApps;
using Idp.Operator.Reporting;
using Idp.Operator.Repositories;

namespace Idp.Operator.Tests.BackendApps;

public sealed class ReportedStatusTest
{
    private static readonly RepositoryMarker Marker =
        new() { Owner = "team-payments/payment-service", OwnerUid = Apps.Uid, Template = "python-fastapi", Version = "1.1.0" };

    [Fact]
    public void EverythingThere_IsReady_AndSaysWhere()
    {
        var status = Report(Done());

        Find(status, Conditions.Ready).Should().Match<Condition>(c => c.Status == ConditionStatus.True && c.Message == "Deployed and healthy: staging, production");
        status.EnvironmentsReady.Should().Be("2/2");
        status.Repository!.Id.Should().Be(7);
        status.Conditions.Should().OnlyContain(c => c.ObservedGeneration == 3);
        status.Conditions.Select(c => c.Type).Should().NotContain([Conditions.Reconciling, Conditions.Stalled, Conditions.Paused]);
    }

    [Fact]
    public void AnEnvironmentThatIsNamedTwice_IsInTheStatusOnce_SoThatItCanBeWritten()
    {
        var status = Report(Done() with { Environments = [Apps.Ready("staging"), Apps.Ready("production"), Apps.Ready("staging")] });

        status.Environments.Select(environment => environment.Name).Should().Equal("staging", "production");
    }

    [Fact]
    public void AnEnvironmentThatIsNotReady_GivesItsOwnWords()
    {
        var status = Report(Done() with
        {
            Environments = [Apps.Ready("staging"), Apps.View("production", ConditionStatus.False, "HealthCheckFailed", "Deployment payment-service: crash loop")],
        });

        Find(status, Conditions.Ready)!.Message.Should().Be("production: Deployment payment-service: crash loop");
        Find(status, Conditions.Ready)!.Reason.Should().Be("HealthCheckFailed");
        Find(status, Conditions.Reconciling).Should().BeNull("nothing is on its way that the environment does not say so of");
        status.EnvironmentsReady.Should().Be("1/2");
    }

    [Fact]
    public void AnEnvironmentThatIsOnItsWay_LetsTheApplicationBeSo()
    {
        var moving = Apps.View("production", ConditionStatus.False, Reasons.Progressing, "Being deployed.");
        moving = moving with
        {
            Status = moving.Status! with { Conditions = [new Condition { Type = Conditions.Reconciling, Status = ConditionStatus.True, Reason = Reasons.Progressing }] },
        };

        var status = Report(Done() with { Environments = [Apps.Ready("staging"), moving] });

        Find(status, Conditions.Reconciling)!.Status.Should().Be(ConditionStatus.True);
    }

    [Fact]
    public void AStalledEnvironment_StallsTheApplication_ForItsReason()
    {
        var status = Report(Done() with
        {
            Environments = [Apps.View("staging", ConditionStatus.False, Reasons.DependencyMissing, "Two things are wrong.", stalled: Reasons.ResourceConflict)],
        });

        Find(status, Conditions.Stalled)!.Reason.Should().Be(Reasons.ResourceConflict);
        Find(status, Conditions.Reconciling).Should().BeNull();
    }

    [Fact]
    public void AnUnreachableGitHub_LosesNothingThatWasKnown()
    {
        var app = Apps.Read("{}", """{"repository": {"id": 7, "name": "payment-service", "commit": "c0ffee", "cloneUrl": "u", "defaultBranch": "main"}}""");
        var problem = new Problem(Reasons.GitHubUnavailable, "GitHub answered 502.", IsTerminal: false);

        var status = Report(Done() with { Repository = new RepositoryOutcome { Problem = problem } }, app);

        status.Repository!.Id.Should().Be(7);
        Find(status, Conditions.RepositoryReady)!.Reason.Should().Be(Reasons.GitHubUnavailable);
        Find(status, Conditions.EnvironmentsReady)!.Status.Should().Be(ConditionStatus.True);
        Find(status, Conditions.Ready)!.Status.Should().Be(ConditionStatus.False);
        Find(status, Conditions.Reconciling)!.Reason.Should().Be(Reasons.ProgressingWithRetry);
    }

    [Fact]
    public void ARepositoryThatBelongsToAnother_Stalls()
    {
        var problem = new Problem(Reasons.RepositoryConflict, "acme/payment-service belongs to BackendApp team-a/x", IsTerminal: true);
        var status = Report(new AppResult { Repository = new RepositoryOutcome { Problem = problem }, Environments = [] });

        Find(status, Conditions.Stalled)!.Reason.Should().Be(Reasons.RepositoryConflict);
        Find(status, Conditions.EnvironmentsReady)!.Reason.Should().Be(Reasons.DependencyNotReady);
    }

    [Fact]
    public void AnOlderGoldenPath_IsSaid_ButDoesNotSpoilReady()
    {
        var status = Report(Done() with
        {
            Repository = new RepositoryOutcome { Repository = Apps.Repository(), Commit = "c0ffee", Marker = Marker with { Version = "1.0.0" } },
        });

        Find(status, Conditions.TemplateCurrent)!.Reason.Should().Be(Reasons.TemplateOutdated);
        Find(status, Conditions.Ready)!.Status.Should().Be(ConditionStatus.True);
    }

    [Fact]
    public void ASuspendedApplication_SaysSo_AndKeepsReadyAsSeen()
    {
        var status = Report(Done(), Apps.Read("""{"suspend": true}"""));

        Find(status, Conditions.Paused)!.Reason.Should().Be(Reasons.Suspended);
        Find(status, Conditions.Ready)!.Status.Should().Be(ConditionStatus.True);
    }

    [Fact]
    public void TransitionTimes_StayWhereTheStatusStays()
    {
        var first = Report(Done());
        var app = Apps.Read("{}");
        var again = ReportedStatus.Of(
            new BackendApp { Metadata = app.Metadata, Spec = app.Spec, Status = first },
            BackendAppPlan.For(app, Apps.World()),
            Done(),
            Apps.Catalog,
            Apps.Now.AddHours(1));

        again.Conditions.Should().Equal(first.Conditions);
    }

    private static Condition? Find(BackendAppStatus status, string type) => status.Conditions.FirstOrDefault(c => c.Type == type);

    private static AppResult Done() => new()
    {
        Repository = new RepositoryOutcome { Repository = Apps.Repository(), Commit = "c0ffee", Marker = Marker },
        Environments = [Apps.Ready("staging"), Apps.Ready("production")],
        Report = new ApplyReport([], [], [], []),
    };

    private static BackendAppStatus Report(AppResult result, BackendApp? app = null)
    {
        var entity = app ?? Apps.Read("{}");
        return ReportedStatus.Of(entity, BackendAppPlan.For(entity, Apps.World()), result, Apps.Catalog, Apps.Now);
    }
}
