using Idp.Entities;
using Idp.Kubernetes.Apply;
using Idp.Kubernetes.Model;
using Idp.Operator.BackendApps;
using Idp.Operator.Reporting;
using Idp.Operator.Repositories;
using Idp.Operator.Repositories.Features;

namespace Idp.Operator.Tests.BackendApps;

public sealed class RepositoriesStatusTest
{
    private static readonly BackendApp App = Apps.Read(
        """{"repository": {"deployment": "Separate"}}""",
        """
        {
          "repository": {"id": 7, "name": "payment-service", "commit": "c0ffee", "cloneUrl": "u", "defaultBranch": "main"},
          "deploymentRepository": {"id": 8, "name": "payment-service-deploy", "commit": "decaf", "cloneUrl": "v", "defaultBranch": "main"}
        }
        """);

    private static readonly RepositoryOutcome Own = new() { Repository = Apps.Repository(), Commit = "c0ffee", NextLook = TimeSpan.FromMinutes(5) };

    private static readonly RepositoryOutcome Deployment = new()
    {
        Repository = Apps.Repository() with { Id = 8, Name = "payment-service-deploy" },
        Commit = "decaf",
        NextLook = TimeSpan.FromMinutes(2),
    };

    [Fact]
    public void BothThere_IsReady_AndNamesBoth()
    {
        var status = Report(Own, Deployment);

        status.Repository!.Id.Should().Be(7);
        status.DeploymentRepository!.Id.Should().Be(8);
        status.DeploymentRepository.Commit.Should().Be("decaf");
        var ready = Find(status, Conditions.RepositoryReady);
        ready.Status.Should().Be(ConditionStatus.True);
        ready.Message.Should().Contain("acme/payment-service is there").And.Contain("acme/payment-service-deploy has its deployment manifests.");
        new AppResult { Repository = Own, Deployment = Deployment, Environments = [] }.Repositories.NextLook.Should().Be(TimeSpan.FromMinutes(2));
    }

    [Theory]
    [InlineData(true, "Deployment repository: ")]
    [InlineData(false, "Application repository: ")]
    public void TheOneThatIsNotInOrderIsNamed_AndStalls(bool isDeployment, string words)
    {
        var problem = new Problem(Reasons.RepositoryConflict, "It exists.", IsTerminal: true);
        var refused = new RepositoryOutcome { Problem = problem };

        var status = isDeployment ? Report(Own, refused) : Report(refused, Deployment);

        Find(status, Conditions.RepositoryReady).Message.Should().Be($"{words}It exists.");
        Find(status, Conditions.Stalled).Reason.Should().Be(Reasons.RepositoryConflict);
        (status.Repository!.Id, status.DeploymentRepository!.Id).Should().Be((7, 8), "an id must never get lost");
    }

    [Fact]
    public void DeploymentRepositoryThatIsNotThereYet_IsWaitedFor() =>
        Find(Report(Own, new RepositoryOutcome()), Conditions.RepositoryReady).Status.Should().Be(ConditionStatus.False);

    [Fact]
    public void WhatIsRefusedBeyondTheFilesSaysOfWhichRepository()
    {
        var refusal = new FeatureRefusal("teams", Reasons.GitHubRefused, "There is no team x.");

        var configured = Find(Report(Own, Deployment with { Refusals = [refusal] }), Conditions.RepositoryConfigured);

        configured.Status.Should().Be(ConditionStatus.False);
        configured.Message.Should().Contain("(deployment repository) There is no team x.");
    }

    [Fact]
    public void WithoutASeparateOneTheApplicationsIsAllThereIs() =>
        new AppResult { Repository = Own, Environments = [] }.Repositories.Should().BeSameAs(Own);

    private static Condition Find(BackendAppStatus status, string type) => status.Conditions.Single(condition => condition.Type == type);

    private static BackendAppStatus Report(RepositoryOutcome own, RepositoryOutcome deployment)
    {
        var result = new AppResult { Repository = own, Deployment = deployment, Environments = [Apps.Ready("staging")], Report = new ApplyReport([], [], [], []) };
        return ReportedStatus.Of(App, new BackendAppPlan { Resolved = ResolvedApp.Of(App, Apps.Settings, null) }, result, Apps.Catalog, Apps.Now);
    }
}
