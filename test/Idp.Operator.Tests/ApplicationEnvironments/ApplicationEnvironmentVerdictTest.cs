using System.Text.Json.Nodes;
using Idp.Entities;
using Idp.Kubernetes.Apply;
using Idp.Kubernetes.Model;
using Idp.Operator.ApplicationEnvironments;

namespace Idp.Operator.Tests.ApplicationEnvironments;

public sealed class ApplicationEnvironmentVerdictTest
{
    [Theory]
    [InlineData("minimal")]
    [InlineData("full")]
    public void HealthyWorldIsReady(string sample)
    {
        var plan = Samples.Plan(sample);

        var status = World.StatusOf(plan, World.Healthy(plan));

        status.Conditions.Should().OnlyContain(condition => condition.Status == ConditionStatus.True);
        status.Conditions.Select(condition => condition.Type).Should().Equal(
            Conditions.Ready, Conditions.DatabaseReady, Conditions.DeliveryReady, Conditions.NamespaceReady,
            Conditions.SchemaReady, Conditions.SecretsReady);
        status.Sync.Should().Be("Synced");
        status.Health.Should().Be("Healthy");
        status.Revision.Should().Be("0a1b2c3d");
        status.ObservedGeneration.Should().Be(plan.Environment.Entity.Metadata.Generation);
    }

    [Fact]
    public void AddressIsTheManifestsHostOrElseTheOneOfTheRule()
    {
        var (full, minimal) = (Samples.Plan("full"), Samples.Plan("minimal"));

        World.StatusOf(full, World.Healthy(full)).Url.Should().Be("https://pay.acme.dev");
        World.StatusOf(minimal, World.Healthy(minimal)).Url.Should().Be("https://payment-service-staging.apps.acme.dev");
        World.StatusOf(minimal, Observation.Empty).Url.Should().BeNull();
    }

    [Fact]
    public void WhatWasNotAskedForIsTrueAndSaysSo()
    {
        var plan = Samples.Plan("minimal");

        var status = World.StatusOf(plan, World.Healthy(plan));

        status.Find(Conditions.DatabaseReady).Reason.Should().Be(Reasons.NotRequested);
    }

    [Fact]
    public void FirstVisitTellsEveryCondition()
    {
        var plan = Samples.Plan("full");

        var status = World.StatusOf(plan, Observation.Empty);

        status.Conditions.Select(condition => condition.Type).Should().Contain(EnvironmentSections.Conditions);
        status.Find(Conditions.Ready).Status.Should().Be(ConditionStatus.False);
        status.Find(Conditions.Reconciling).Status.Should().Be(ConditionStatus.True);
    }

    [Fact]
    public void ProblemIsStalledAndNothingElseIsClaimed()
    {
        var plan = Samples.Plan("minimal", entity => entity.Spec()["host"] = "www.other.example");

        var status = World.StatusOf(plan, Observation.Empty);

        status.Find(Conditions.Stalled).Reason.Should().Be(Reasons.NotGranted);
        status.Find(Conditions.Ready).Message.Should().Contain("www.other.example");
        status.Find(Conditions.DeliveryReady).Status.Should().Be(ConditionStatus.Unknown);
        status.Conditions.Should().NotContain(condition => condition.Type == Conditions.Reconciling);
        status.Url.Should().BeNull();
        EnvironmentRequeue.After(plan, null, status).IsSuccess.Should().BeFalse();
    }

    [Fact]
    public void SuspendedEnvironmentIsPausedAndStillObserved()
    {
        var plan = Samples.Plan("full", entity => entity.Spec()["suspend"] = true);

        var healthy = World.StatusOf(plan, World.Healthy(plan));
        var broken = World.StatusOf(plan, World.Healthy(plan, Degrade));

        healthy.Find(Conditions.Paused).Status.Should().Be(ConditionStatus.True);
        healthy.Find(Conditions.Ready).Status.Should().Be(ConditionStatus.True);
        broken.Find(Conditions.Ready).Status.Should().Be(ConditionStatus.False);
        broken.Find(Conditions.DeliveryReady).Reason.Should().Be(Reasons.HealthCheckFailed);
    }

    [Fact]
    public void WorstPartSpeaksForTheWhole()
    {
        var plan = Samples.Plan("full");

        var status = World.StatusOf(plan, World.Healthy(plan, (live, json) =>
        {
            Degrade(live, json);
            if (live.Kind == CloudNativePg.Cluster)
            {
                json["status"] = new JsonObject { ["phase"] = "Setting up primary" };
            }
        }));

        status.Find(Conditions.Ready).Reason.Should().Be(Reasons.HealthCheckFailed);
        status.Find(Conditions.Ready).Message.Should().StartWith("DeliveryReady: ");
        status.Find(Conditions.SchemaReady).Status.Should().Be(ConditionStatus.True);
    }

    [Fact]
    public void SchemaWaitsForItsDatabase()
    {
        var plan = Samples.Plan("full");
        var healthy = World.Healthy(plan, (live, json) =>
        {
            if (live.Kind == CloudNativePg.Cluster)
            {
                json["status"] = new JsonObject { ["phase"] = "Setting up primary" };
            }
        });
        var world = healthy with { Observed = [] };

        var status = World.StatusOf(plan, world, now: World.Now.AddDays(1));

        status.Find(Conditions.DatabaseReady).Reason.Should().Be(Reasons.Progressing);
        status.Find(Conditions.SchemaReady).Reason.Should().Be(Reasons.DependencyNotReady);
    }

    [Theory]
    [InlineData(ApplyOutcome.Conflict, Reasons.ResourceConflict)]
    [InlineData(ApplyOutcome.DependencyMissing, Reasons.DependencyMissing)]
    [InlineData(ApplyOutcome.Failed, Reasons.ApplyFailed)]
    [InlineData(ApplyOutcome.Terminating, Reasons.DependencyNotReady)]
    [InlineData(ApplyOutcome.Skipped, Reasons.DependencyNotReady)]
    public void ObjectThatCouldNotBeWrittenTellsWhy(ApplyOutcome outcome, string reason)
    {
        var plan = Samples.Plan("minimal");
        var world = World.Healthy(plan);

        var status = World.StatusOf(plan, world, Report(plan, world, outcome, "the Application is somebody else's"));

        status.Find(Conditions.DeliveryReady).Reason.Should().Be(reason);
        status.Find(Conditions.DeliveryReady).Message.Should().Contain("somebody else's");
        status.Conditions.Any(condition => condition.Type == Conditions.Stalled).Should().Be(outcome == ApplyOutcome.Conflict);
    }

    [Fact]
    public void KindThatIsNotServedTellsWhoServesItInWhichVersion()
    {
        var plan = Samples.Plan("private");
        var world = World.Healthy(plan);
        var secret = plan.Objects.Single(wanted => wanted.Kind == ExternalSecrets.ExternalSecret);
        var report = new ApplyReport([new AppliedObject(secret, ApplyOutcome.DependencyMissing, null, "the server does not serve it")], [], [], []);

        var condition = World.StatusOf(plan, world, report).Find(Conditions.SecretsReady);

        condition.Reason.Should().Be(Reasons.DependencyMissing);
        condition.Message.Should().EndWith("in external-secrets.io/v1: install External Secrets 0.16 or later");
    }

    [Fact]
    public void PullSecretThatDoesNotComeIsTold()
    {
        var plan = Samples.Plan("private");
        var world = World.Healthy(plan, (live, json) =>
        {
            if (live.Key.Name == ChildNames.PullSecret)
            {
                json["status"] = JsonNode.Parse(
                    """{"conditions":[{"type":"Ready","status":"False","reason":"SecretSyncedError","message":"no such key"}]}""");
            }
        });

        var condition = World.StatusOf(plan, world).Find(Conditions.SecretsReady);

        condition.Status.Should().Be(ConditionStatus.False);
        condition.Reason.Should().Be("SecretSyncedError");
        condition.Message.Should().Contain("idp-image-pull").And.Contain("no such key");
    }

    [Theory]
    [InlineData(ApplyOutcome.Conflict, 300)]
    [InlineData(ApplyOutcome.DependencyMissing, 60)]
    [InlineData(ApplyOutcome.Terminating, 10)]
    public void WhatNoWatchTellsIsLookedAtAgain(ApplyOutcome outcome, int seconds)
    {
        var plan = Samples.Plan("minimal");
        var report = Report(plan, World.Healthy(plan), outcome, "why");

        var visit = EnvironmentRequeue.After(plan, report, new ApplicationEnvironmentStatus());

        visit.RequeueAfter.Should().Be(TimeSpan.FromSeconds(seconds));
    }

    [Fact]
    public void HealthyWorldIsLeftAlone()
    {
        var plan = Samples.Plan("full");
        var world = World.Healthy(plan);

        var visit = EnvironmentRequeue.After(plan, Report(plan, world, ApplyOutcome.Unchanged, ""), World.StatusOf(plan, world));

        visit.IsSuccess.Should().BeTrue();
        visit.RequeueAfter.Should().BeNull();
    }

    [Fact]
    public void CredentialInAChildsWordsIsTakenOut()
    {
        var plan = Samples.Plan("full");
        var world = World.Healthy(plan, (live, json) =>
        {
            if (live.Kind == ExternalSecrets.ExternalSecret)
            {
                json["status"] = JsonNode.Parse(
                    """{"conditions":[{"type":"Ready","status":"False","message":"cannot reach postgresql://pay:hunter2@db/pay"}]}""");
            }
        });

        var status = World.StatusOf(plan, world);

        status.Find(Conditions.SecretsReady).Status.Should().Be(ConditionStatus.False);
        status.Conditions.Should().OnlyContain(condition => !condition.Message.Contains("hunter2"));
    }

    [Fact]
    public void HandledRequestIsNoted()
    {
        var plan = Samples.Plan("minimal", entity => entity["metadata"]!["annotations"] =
            new JsonObject { [Annotations.ReconcileRequestedAt] = "now-please" });

        World.StatusOf(plan, Observation.Empty).LastHandledReconcileAt.Should().Be("now-please");
    }

    [Fact]
    public void TransitionTimeMovesOnlyWithTheStatus()
    {
        var plan = Samples.Plan("minimal", entity => entity["status"] = JsonNode.Parse(
            """{"conditions":[{"type":"Ready","status":"True","reason":"Old","lastTransitionTime":"2025-01-01T00:00:00Z"}]}"""));

        var status = World.StatusOf(plan, World.Healthy(plan));

        status.Find(Conditions.Ready).LastTransitionTime.Year.Should().Be(2025);
        status.Find(Conditions.DeliveryReady).LastTransitionTime.Should().Be(World.Now);
    }

    private static void Degrade(KubeObject live, JsonObject json)
    {
        if (live.Kind == DeliverySection.Application)
        {
            json["status"]!["health"]!["status"] = "Degraded";
        }
    }

    private static ApplyReport Report(
        ApplicationEnvironmentPlan plan, Observation world, ApplyOutcome outcome, string message) => new(
        [
            .. plan.Objects.Select(wanted => wanted.Kind == DeliverySection.Application
                ? new AppliedObject(wanted, outcome, null, message)
                : new AppliedObject(wanted, ApplyOutcome.Unchanged, world.Find(wanted.Kind, wanted.Key), "")),
        ],
        [],
        [],
        []);
}
