using System.Text;
using System.Text.Json.Nodes;
using Idp.Entities;
using Idp.GitHub;
using Idp.Kubernetes.Model;
using Idp.Operator.BackendApps;
using Idp.Operator.GoldenPaths;
using Idp.Operator.Reporting;
using Idp.Operator.Repositories;
using Idp.Operator.Repositories.Features;
using Idp.Operator.Settings;

namespace Idp.Operator.Tests.BackendApps;

public sealed class DeploymentRepositoryPlanTest
{
    private const string Separate = """{"repository": {"deployment": "Separate"}, "environments": [{"name": "staging"}]}""";
    private const string InRepository = """{"environments": [{"name": "staging"}]}""";

    private const string Known = """
        {
          "repository": {"id": 7, "owner": "acme", "name": "payment-service", "commit": "c0ffee", "cloneUrl": "https://github.com/acme/payment-service.git"},
          "deploymentRepository": {"id": 8, "owner": "acme", "name": "payment-service-deploy", "commit": "decaf"}
        }
        """;

    private static readonly GoldenPathCatalog Catalog =
        GoldenPathCatalog.Load([Idp.Operator.Tests.Settings.Repository.File("golden-paths")]).Value!;

    [Fact]
    public void BothRepositoriesAreMade_EachWithItsOwnFiles()
    {
        var plan = Plan(Separate);

        plan.Repository!.Desired.FullName.Should().Be("acme/payment-service");
        plan.Deployment!.Desired.FullName.Should().Be("acme/payment-service-deploy");
        plan.Deployment.Plan.Steps[0].Should().BeOfType<RepositoryStep.Create>();
        plan.Deployment.Files.Select(file => file.Path).Should().BeEquivalentTo(
            "README.md",
            "deploy/base/deployment.yaml",
            "deploy/base/ingress.yaml",
            "deploy/base/kustomization.yaml",
            "deploy/base/pod-disruption-budget.yaml",
            "deploy/base/service.yaml",
            "deploy/overlays/staging/ingress.yaml",
            "deploy/overlays/staging/kustomization.yaml");
        plan.Repository.Files.Should().NotContain(file => file.Path.StartsWith("deploy/", StringComparison.Ordinal));
        plan.Repository.Files.Select(file => file.Path).Should().Contain(["Dockerfile", "README.md", ".github/workflows/ci.yaml"]);
        plan.Deployment.Lock!.Files.Select(file => file.Path).Should().BeEquivalentTo(plan.Deployment.Files.Select(file => file.Path));
        Text(plan.Deployment, "README.md").Should().StartWith("# payment-service-deploy\n").And.Contain("https://github.com/acme/payment-service)")
            .And.Contain("`deploy/overlays/staging/`").And.EndWith(".\n");
    }

    [Fact]
    public void TogetherTheyHoldWhatOneRepositoryWouldHold()
    {
        var one = Plan(InRepository);
        var two = Plan(Separate);

        one.Deployment.Should().BeNull();
        two.Repository!.Files.Concat(two.Deployment!.Files).Select(file => file.Path).Distinct()
            .Should().BeEquivalentTo(one.Repository!.Files.Select(file => file.Path));
        foreach (var file in two.Deployment.Files.Where(file => file.Path != "README.md"))
        {
            Text(two.Deployment, file.Path).Should().Be(Text(one.Repository, file.Path));
        }
    }

    [Fact]
    public void TheTwoAreToldApartByTheirRole_AndNeitherIsTakenForTheOther()
    {
        var plan = Plan(Separate);
        var (own, deployment) = (plan.Repository!.Desired.BelongsTo, plan.Deployment!.Desired.BelongsTo);

        var keys = OwnershipKeys.Random();
        own.Key.Should().NotBe(deployment.Key);
        RepositoryOwner.KeysOf(Apps.Uid).Should().Equal(own.Key, deployment.Key);
        foreach (var (owner, other) in new[] { (own, deployment), (deployment, own) })
        {
            var marker = RepositoryMarker.Read(RepositoryMarker.Of(owner).SignFor(owner, 8, keys).ToFile());
            var proven = ProvenOwner.Find(Deploy() with { Id = 8 }, marker, adopter: null, keys)!;
            proven.Is(owner).Should().BeTrue();
            proven.Is(other).Should().BeFalse();
        }

        RepositoryMarker.Of(own).ToFile().Should().NotContain("role", "a repository that is alone stays as it always was");
        plan.Deployment.Marker.Role.Should().Be("deployment");
    }

    [Fact]
    public void OneThatWasWrittenDownIsFollowedByItsId()
    {
        var desired = Plan(Separate, Known).Deployment!.Desired;

        desired.KnownId.Should().Be(8);
        desired.KnownCommit.Should().Be("decaf");
    }

    [Theory]
    [InlineData("Never")]
    [InlineData("IfUnowned")]
    public void ForeignRepositoryOfThatNameIsNeverTakenIn(string adoption)
    {
        var app = Apps.Read($$$"""{"repository": {"deployment": "Separate", "adoption": "{{{adoption}}}"}}""");
        var foreign = new ObservedRepository { Repository = Deploy(), Head = "c0ffee" };

        var settings = Apps.Settings with { Teams = [new TeamSettings { Namespace = "*", Adopt = ["*"] }] };

        var plan = BackendAppPlan.For(app, World() with { Deployment = foreign, Settings = settings });

        plan.Deployment!.Plan.Steps.Should().BeEmpty();
        plan.Deployment.Plan.Problem!.Reason.Should().Be(Reasons.RepositoryConflict);
        plan.Deployment.Plan.Problem.IsTerminal.Should().BeTrue();
        plan.Deployment.Plan.Problem.Message.Should().Contain("acme/payment-service-deploy").And.NotContain("IfUnowned");
    }

    [Fact]
    public void WhatIsTheWorkflowsStaysWithTheApplication_AndTheWorkflowMayPush()
    {
        var settings = Apps.Settings with
        {
            GitHub = Apps.Settings.GitHub with
            {
                Repository = new GitHubRepositorySettings
                {
                    HasWiki = false,
                    Environments = new GitHubEnvironmentsSettings(),
                    Variables = new Dictionary<string, string> { ["TEAM"] = "{team}" },
                    Ruleset = new RulesetSettings { RequiredApprovals = 1, RequiredChecks = ["test"] },
                },
            },
        };

        var plan = BackendAppPlan.For(Apps.Read(Separate), World() with { Settings = settings });

        var features = plan.Deployment!.Desired.Features;
        features.Settings.Switches["has_wiki"].Should().BeFalse();
        features.Find<EnvironmentsFeature>().Should().BeNull();
        features.Find<VariablesFeature>().Should().BeNull();
        features.Find<RulesetFeature>()!.Wanted.Rules.Select(rule => rule.Type).Should().Equal("deletion", "non_fast_forward");
        plan.Repository!.Desired.Features.Find<RulesetFeature>()!.Wanted.Rules.Should().HaveCount(4);
        plan.Repository.Desired.Features.Find<VariablesFeature>()!.Values.Should().NotBeEmpty();
    }

    [Fact]
    public void GoldenPathWhoseWorkflowWouldNeverWriteThere_IsRefused()
    {
        var plan = BackendAppPlan.For(Apps.Read(Separate), Apps.World());

        plan.Problem!.Reason.Should().Be(Reasons.InvalidSpec);
        plan.Problem.Message.Should().Contain("spec.repository.deployment").And.Contain("{{ deploymentRepository }}");
        plan.Repository.Should().BeNull();
    }

    [Fact]
    public void ManifestsThatAreLaidAreNotMoved_OutOfASeparateRepository() =>
        Plan(InRepository, Known).Problem!.Message.Should().Contain("cannot be changed").And.Contain("acme/payment-service-deploy");

    [Fact]
    public void ManifestsThatAreLaidAreNotMoved_IntoASeparateRepository()
    {
        const string alone = """
            {"repository": {"id": 7, "owner": "acme", "name": "payment-service", "commit": "c0ffee", "cloneUrl": "https://github.com/acme/payment-service.git"}}
            """;

        var plan = BackendAppPlan.For(
            Apps.Read(Separate, alone), World() with { Environments = [Environment("https://github.com/acme/payment-service.git")] });
        var begun = BackendAppPlan.For(Apps.Read(Separate, alone), World());

        plan.Problem!.Reason.Should().Be(Reasons.InvalidSpec);
        plan.Problem.Message.Should().Contain("cannot be changed").And.Contain("acme/payment-service.");
        begun.Problem.Should().BeNull("nothing is deployed from there, so it was only begun");
    }

    [Fact]
    public void EnvironmentsFollowTheDeploymentRepository_OnceBothAreThere()
    {
        var app = Apps.Read(Separate);
        var own = new RepositoryOutcome { Repository = Apps.Repository(), Commit = "c0ffee" };
        var deployment = new RepositoryOutcome { Repository = Deploy(), Commit = "decaf" };

        DeploymentSource.Of(app, own, deployment).Should().Be(new DeploymentSource("https://github.com/acme/payment-service-deploy.git", "main"));
        DeploymentSource.Of(app, own, new RepositoryOutcome()).Should().BeNull();
        DeploymentSource.Of(app, new RepositoryOutcome(), deployment).Should().BeNull();
    }

    [Fact]
    public void NothingIsPlannedWhileOneOfThemIsUnknown()
    {
        var problem = new Problem(Reasons.GitHubUnavailable, "GitHub answered 502.", IsTerminal: false);

        var plan = BackendAppPlan.For(Apps.Read(Separate), World() with { Deployment = ObservedRepository.None with { Unknown = problem } });

        plan.Problem.Should().BeNull();
        plan.Repository.Should().BeNull();
        plan.Deployment.Should().BeNull();
    }

    private static BackendAppPlan Plan(string spec, string status = "{}") => BackendAppPlan.For(Apps.Read(spec, status), World());

    private static ObservedApp World() => Apps.World() with { GoldenPaths = Catalog };

    private static string Text(RepositoryWork work, string path) =>
        Encoding.UTF8.GetString(work.Files.Single(file => file.Path == path).Content.Span);

    private static Repository Deploy() => Apps.Repository() with
    {
        Id = 8,
        Name = "payment-service-deploy",
        DefaultBranch = "main",
        CloneUrl = "https://github.com/acme/payment-service-deploy.git",
    };

    private static KubeObject Environment(string repository) => KubeObject.From(ApplicationEnvironment.ResourceKind, new JsonObject
    {
        ["metadata"] = new JsonObject { ["name"] = "payment-service-staging", ["namespace"] = "team-payments" },
        ["spec"] = new JsonObject { ["source"] = new JsonObject { ["repoURL"] = repository, ["path"] = "deploy/overlays/staging" } },
    });
}
