using Idp.Entities;
using Idp.Operator.BackendApps;
using Idp.Operator.GoldenPaths;
using Idp.Operator.Repositories;
using Idp.Operator.Settings;

namespace Idp.Operator.Tests.BackendApps;

public sealed class BackendAppPlanTest
{
    [Fact]
    public void EmptySpec_IsAnApplication()
    {
        var plan = BackendAppPlan.For(Apps.Read("{}"), Apps.World());

        plan.Problem.Should().BeNull();
        plan.Repository!.Desired.FullName.Should().Be("acme/payment-service");
        plan.Repository.Plan.Steps[0].Should().BeOfType<RepositoryStep.Create>();
        plan.Resolved.Team.Should().Be("team-payments");
        plan.Resolved.Image.Should().Be("ghcr.io/acme/payment-service");
    }

    [Fact]
    public void TheNamespacesLabel_NamesTheTeam()
    {
        var plan = BackendAppPlan.For(Apps.Read("{}"), Apps.World() with { NamespaceTeam = "payments" });

        plan.Resolved.Team.Should().Be("payments");
    }

    [Fact]
    public void AnOwnerThatIsNotGranted_StopsEverything()
    {
        var plan = BackendAppPlan.For(Apps.Read("""{"repository": {"owner": "evil-corp"}}"""), Apps.World());

        plan.Problem!.Reason.Should().Be(Reasons.NotGranted);
        plan.Problem.Message.Should().Contain("evil-corp").And.Contain("githubOwners");
        plan.Repository.Should().BeNull();
    }

    [Theory]
    [InlineData("""{"secrets": [{"name": "KEY", "remoteRef": {"key": "team-shop/stripe"}}]}""", "team-shop/stripe")]
    [InlineData("""{"environments": [{"name": "production", "host": "shop.acme.dev"}]}""", "shop.acme.dev")]
    public void WhatAnEnvironmentWillBeRefused_StopsTheRepositoryToo(string spec, string named)
    {
        var plan = BackendAppPlan.For(Apps.Read(spec), Apps.World());

        plan.Problem!.Reason.Should().Be(Reasons.NotGranted);
        plan.Problem.Message.Should().Contain(named);
        plan.Repository.Should().BeNull();
    }

    [Fact]
    public void AnotherTeamsName_IsNotTaken()
    {
        var plan = BackendAppPlan.For(Apps.Read("""{"team": "security"}"""), Apps.World());

        plan.Problem!.Reason.Should().Be(Reasons.NotGranted);
        plan.Problem.Message.Should().Contain("security");
    }

    [Fact]
    public void NoOwnerAnywhere_IsSaid()
    {
        var world = Apps.World() with { Settings = new PlatformSettings() };

        BackendAppPlan.For(Apps.Read("{}"), world).Problem!.Message.Should().Contain("github.owner");
    }

    [Fact]
    public void AGoldenPathThatDoesNotExist_IsNamed_WithThoseThatDo()
    {
        var plan = BackendAppPlan.For(Apps.Read("""{"template": {"name": "cobol"}}"""), Apps.World());

        plan.Problem!.Reason.Should().Be(Reasons.TemplateMissing);
        plan.Problem.Message.Should().Contain("cobol").And.Contain("python-fastapi");
    }

    [Fact]
    public void AGoldenPathWithErrors_IsRefused_WithTheFirstOfThem_AndNothingIsMade()
    {
        var folder = Directory.CreateTempSubdirectory("idp-plan-");
        try
        {
            Directory.CreateDirectory(Path.Combine(folder.FullName, "cobol"));
            File.WriteAllText(Path.Combine(folder.FullName, "cobol", "template.yaml"), "name: cobol\nversion: x\nrepository: y\n");
            var world = Apps.World() with { GoldenPaths = GoldenPathCatalog.Load([folder.FullName]).Value! };
            var app = Apps.Read("""{"template": {"name": "cobol"}}""");

            var plan = BackendAppPlan.For(app, world);

            plan.Problem!.Reason.Should().Be(Reasons.TemplateInvalid);
            plan.Problem.Message.Should().Contain("cobol/template.yaml:2:10: version: ").And.Contain("(and 1 more, in the operator's log)")
                .And.EndWith("none can be used at present.");
            plan.Repository.Should().BeNull("nothing is made of it");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("""{"prot": "1"}""", "prot")]
    [InlineData("""{"port": "many"}""", "port")]
    public void ParametersThatDoNotFitTheGoldenPath_AreRefusedBeforeTheRepositoryIsMade(string parameters, string named)
    {
        var plan = BackendAppPlan.For(Apps.Read($$$"""{"template": {"parameters": {{{parameters}}}}}"""), Apps.World());

        plan.Problem!.Reason.Should().Be(Reasons.InvalidSpec);
        plan.Problem.Message.Should().Contain(named);
    }

    [Fact]
    public void AGoldenPathThatIsATemplateRepository_IsMarkedByNameAndVersion_AndRendersNothing()
    {
        var fromTemplate = new GoldenPath { Name = "service", Version = "2.0.0", Files = [], Repository = new TemplateRepository("acme", "service-template") };
        var world = Apps.World() with { GoldenPaths = GoldenPathCatalog.Of([fromTemplate]) };

        var work = BackendAppPlan.For(Apps.Read("""{"template": {"name": "service"}}"""), world).Repository!;

        work.Plan.Steps[0].Should().BeOfType<RepositoryStep.Generate>().Which.Template.ToString().Should().Be("acme/service-template");
        work.Files.Should().BeEmpty();
        (work.Marker.Template, work.Marker.Version, work.Marker.OwnerUid).Should().Be(("service", "2.0.0", Apps.Uid));
        BackendAppPlan.For(Apps.Read("""{"template": {"name": "service", "parameters": {"port": "1"}}}"""), world)
            .Problem!.Message.Should().Contain("has no parameter 'port'");
    }

    [Fact]
    public void OnceTheGoldenPathIsLaid_ItsAbsenceStopsNothing()
    {
        var app = Apps.Read("""{"template": {"name": "retired"}}""", """{"repository": {"id": 7, "commit": "c0ffee"}}""");
        var seen = new ObservedRepository { Repository = Apps.Repository(), Head = "c0ffee", IsProven = true, IsLaid = true };

        BackendAppPlan.For(app, Apps.World(seen)).Problem.Should().BeNull();
    }

    [Fact]
    public void ASuspendedApplication_LeavesGitHubAlone()
    {
        var plan = BackendAppPlan.For(Apps.Read("""{"suspend": true}"""), Apps.World());

        plan.Problem.Should().BeNull();
        plan.Repository.Should().BeNull();
    }

    [Fact]
    public void AHostileObjectThatAnOldServerLetThrough_IsRefusedWithTheFieldsName()
    {
        var app = Apps.Read("""{"environments": [{"name": "a"}, {"name": "a"}]}""");

        BackendAppPlan.For(app, Apps.World()).Problem!.Message.Should().Contain("spec.environments[1].name");
    }
}
