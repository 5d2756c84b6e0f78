using Idp.Entities;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;

namespace Idp.EndToEnd.Tests.Safety;

/// <summary>A team deploys from its own repositories into its own namespaces, in an Argo CD project of its own, and from nowhere else.</summary>
[Collection(SharedWorld.OfSafety)]
public sealed class ProjectTest(Platform platform)
{
    [Fact]
    public async Task TheProjectAllowsWhatTheTeamsEnvironmentsNeed_AndGoesWithTheLast()
    {
        var app = await platform.NewAppAsync("projected");
        var ready = await app.MakeAsync("environments: [{name: staging}, {name: trial}]");
        var second = new TestApp(platform, app.Team, "projected-too");
        await second.MakeAsync(Specs.Small);

        var project = await ProjectAsync(app);
        Texts(project, "sourceRepos").Should().BeEquivalentTo(
            [ready.TextAt("status", "repository", "cloneUrl"), (await second.GetAsync()).TextAt("status", "repository", "cloneUrl")]);
        Destinations(project).Should().BeEquivalentTo(app.In("staging"), app.In("trial"), second.In("staging"));
        project.At("spec", "clusterResourceWhitelist")!.ToJsonString().Should().Be("[]");
        (await platform.GetAsync(ForeignKinds.Application, "argocd", app.In("staging")))
            .TextAt("spec", "project").Should().Be($"idp-team-{app.Team}");

        await second.DeleteAsync();
        Destinations(await ProjectAsync(app)).Should().BeEquivalentTo(app.In("staging"), app.In("trial"));
        await app.DeleteAsync();
        (await platform.FindAsync(ForeignKinds.AppProject, "argocd", $"idp-team-{app.Team}")).Should().BeNull();
    }

    [Fact]
    public async Task WhatSomebodyAddsToTheProject_IsTakenOut()
    {
        var app = await platform.NewAppAsync("widened");
        await app.MakeAsync(Specs.Small);

        await platform.Client.PatchAsync(
            ForeignKinds.AppProject,
            new ObjectKey("argocd", $"idp-team-{app.Team}"),
            new JsonPatch().Replace("/spec/sourceRepos", new JsonArray("*")),
            CancellationToken.None);

        await platform.Watching.UntilAsync(
            ForeignKinds.AppProject, "argocd", $"idp-team-{app.Team}", "narrow again", item => !Texts(item, "sourceRepos").Contains("*"));
    }

    [Fact]
    public async Task AnotherTeamsRepositoryIsRefused_AndAProjectThatIsNotOursLeftAlone()
    {
        var victim = await platform.NewAppAsync("deployed");
        var url = (await victim.MakeAsync(Specs.Small)).TextAt("status", "repository", "cloneUrl")!;
        var team = await platform.NewTeamAsync("deploying");
        await platform.ApplyAsync($$"""
            apiVersion: argoproj.io/v1alpha1
            kind: AppProject
            metadata: {name: idp-team-{{team}}, namespace: argocd}
            spec: {sourceRepos: ["*"], destinations: [{server: "*", namespace: "*"}]}
            """);

        await DeployAsync("reach", url);
        await DeployAsync("reach-sideways", url.Replace("/acme/", "/acme/x/../", StringComparison.Ordinal));

        var refused = await platform.Watching.UntilAsync(
            Kinds.Environment, team, "reach", "refused", item => item.IsStalled(Reasons.NotGranted));
        refused.Condition(Conditions.Stalled).TextAt("message").Should().Contain("spec.source.repoURL").And.Contain($"{victim.Team}/{victim.Name}");
        (await platform.ListAsync(ForeignKinds.Application, "argocd", $"{Labels.PartOf}=reach")).Should().BeEmpty();
        (await platform.FindAsync(WellKnownKinds.Namespace, "", "reach-it")).Should().BeNull();

        var own = new TestApp(platform, team, "own-source");
        await own.ApplyAsync(Specs.Small);
        (await own.UntilStalledAsync(Reasons.ResourceConflict)).Should().Contain($"idp-team-{team}");
        await platform.Client.DeleteAsync(
            ForeignKinds.AppProject, new ObjectKey("argocd", $"idp-team-{team}"), new DeleteOptions(), CancellationToken.None);
        await own.UntilReadyAsync();

        async Task DeployAsync(string name, string source) => await platform.TryKubectlAsync(
            "apply", "--validate=false", "-f", await FileAsync(name, $$"""
                apiVersion: idp.dev/v1alpha1
                kind: ApplicationEnvironment
                metadata: {name: {{name}}, namespace: {{team}}}
                spec:
                  application: reach
                  stage: Development
                  namespace: {{name}}-it
                  source: {repoURL: "{{source}}", path: deploy}
                """));
    }

    private async Task<string> FileAsync(string name, string text)
    {
        var path = Path.Combine(platform.Sandbox.Directory, $"{name}.yaml");
        await File.WriteAllTextAsync(path, text);
        return path;
    }

    private Task<JsonObject> ProjectAsync(TestApp app) => platform.GetAsync(ForeignKinds.AppProject, "argocd", $"idp-team-{app.Team}");

    private static IEnumerable<string> Texts(JsonObject project, string field) =>
        ((JsonArray)project.At("spec", field)!).Select(item => (string)item!);

    private static IEnumerable<string> Destinations(JsonObject project) =>
        ((JsonArray)project.At("spec", "destinations")!).Select(item => (string)item!["namespace"]!);
}
