using System.Text;
using Idp.Entities;
using Idp.Operator.BackendApps;
using Idp.Operator.GoldenPaths;
using Idp.Operator.Repositories;
using Idp.Operator.Settings;

namespace Idp.Operator.Tests.BackendApps;

/// <summary>What a golden path is told of an application and of the platform.</summary>
public sealed class ScaffoldPlanTest
{
    [Theory]
    [InlineData("{}", "staging:1- production:2-6")]
    [InlineData("""{"replicas": 2}""", "staging:2- production:2-")]
    [InlineData("""{"environments": [{"name": "production", "replicas": 4}]}""", "production:4-")]
    public void TheNumberOfCopiesIsFixedByTheManifest_ElseScaledAsTheStageIs(string spec, string expected) =>
        Rendered("{{ environment.name }}:{{ environment.replicas }}-{{ environment.maxReplicas }}", spec).Should().Be(expected);

    [Theory]
    [InlineData("{}", "")]
    [InlineData("""{"database": {}}""", "postgresql")]
    public void SaysWhichDatabaseThereIs(string spec, string expected) => Rendered("{{ database }}", spec, each: false).Should().Be(expected);

    [Fact]
    public void TheFirstEnvironmentIsTheOneThatAChangeReachesFirst()
    {
        Rendered("{{ firstEnvironment }}", "{}", each: false).Should().Be("staging");
        Rendered("{{ firstEnvironment }}", """{"environments": [{"name": "production"}, {"name": "staging"}]}""", each: false).Should().Be("production");
    }

    [Theory]
    [InlineData(NetworkIsolation.Namespace, "platform", "")]
    [InlineData(NetworkIsolation.None, "", "")]
    [InlineData(NetworkIsolation.None, "platform", "true")]
    public void ARepositoryHasANetworkPolicyWhereThePlatformHasNoneAndItsProjectRefusesNone(NetworkIsolation isolation, string project, string expected)
    {
        var stage = new StageSettings { Guardrails = new GuardrailSettings { NetworkIsolation = isolation } };
        var settings = Apps.Settings with { ArgoCd = new ArgoCdSettings { Project = project }, Stages = new StagesSettings { Staging = stage } };

        Rendered("{{ environment.ownNetworkPolicy }}", """{"environments": [{"name": "staging"}]}""", settings: settings).Should().Be(expected);
    }

    [Fact]
    public void TheCodeOwnerIsATeamThatMayWrite()
    {
        var settings = Apps.Settings with
        {
            GitHub = Apps.Settings.GitHub with
            {
                Repository = new GitHubRepositorySettings
                {
                    Teams =
                    [
                        new() { Team = "everybody", Permission = RepositoryPermission.Pull },
                        new() { Team = "{team}-developers", Permission = RepositoryPermission.Push },
                    ],
                },
            },
        };

        Rendered("{{ codeOwner }}", "{}", each: false).Should().Be("@acme/team-payments");
        Rendered("{{ codeOwner }}", "{}", each: false, settings).Should().Be("@acme/team-payments-developers");
    }

    [Fact]
    public void MonitoringIsThePlatforms()
    {
        const string content = "{{ monitoring }}{{ serviceMonitor }}{{ scrapeAnnotations }}";

        Rendered(content, "{}", each: false).Should().Be("Annotationstrue");
        Rendered(content, "{}", each: false, Apps.Settings with { Monitoring = MonitoringMode.ServiceMonitor }).Should().Be("ServiceMonitortrue");
        Rendered(content, "{}", each: false, Apps.Settings with { Monitoring = MonitoringMode.None }).Should().Be("None");
    }

    private static string Rendered(string content, string spec, bool each = true, PlatformSettings? settings = null)
    {
        settings ??= Apps.Settings;
        var app = Apps.Read(spec);
        var path = new GoldenPath
        {
            Name = "p",
            Version = "1.0.0",
            Files =
            [
                new SkeletonFile { Path = each ? "{{ environment.name }}" : "file", Content = Encoding.UTF8.GetBytes(content), EachEnvironment = each },
            ],
        };
        var resolved = ResolvedApp.Of(app, settings, "team-payments");
        var plan = ScaffoldPlan.For(app, resolved, new RepositoryOwner(app.Metadata.Uid, app.Metadata.Key.ToString()), path, settings);
        return string.Join(' ', resolved.Environments
            .Select(environment => each ? environment.Spec.Name : "file").Distinct()
            .Select(name => Encoding.UTF8.GetString(plan.Files.Single(file => file.Path == name).Content.Span)));
    }
}
