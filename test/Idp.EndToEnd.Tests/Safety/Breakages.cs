using Idp.Entities;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;
using Idp.Sandbox.GitHub;

namespace Idp.EndToEnd.Tests.Safety;

/// <summary>What an application can be stalled by, and the repair that the message names.</summary>
/// <remarks>
/// <see cref="Reasons.InvalidSpec"/> has a repair elsewhere only where the golden path decides what is valid. All else that has this reason
/// (a field that breaks a rule, one that cannot be changed any more, one that GitHub refuses) is mended in the object itself, whose every
/// edit starts a reconcile.
/// </remarks>
internal static class Breakages
{
    private const string Application = """
        apiVersion: argoproj.io/v1alpha1
        kind: Application
        metadata: {name: NAME, namespace: argocd}
        spec: {project: default, source: {repoURL: "https://git.invalid/x.git", path: x}, destination: {server: "https://kubernetes.default.svc", namespace: other} }
        """;

    /// <summary>All of them, by name.</summary>
    public static IReadOnlyDictionary<string, Breakage> All { get; } = new Dictionary<string, Breakage>
    {
        ["team"] = new(Reasons.NotGranted)
        {
            Spec = "team: shipping",
            Repair = (world, app) => world.KubectlAsync("label", "namespace", app.Team, $"{Labels.Team}=shipping"),
        },
        ["grant"] = new(Reasons.NotGranted)
        {
            Spec = "secrets: [{name: KEY, remoteRef: {key: elsewhere/key}}]",
            Repair = (world, app) => world.EditAsync(settings => settings["teams"]!.AsArray().Insert(
                0, new JsonObject { ["namespace"] = app.Team, ["secretKeys"] = new JsonArray("elsewhere/*") })),
        },
        ["namespace"] = new(Reasons.ResourceConflict)
        {
            Break = (world, app) => world.KubectlAsync("create", "namespace", app.In("staging")),
            Repair = (world, app) => world.KubectlAsync("delete", "namespace", app.In("staging")),
        },
        ["application"] = new(Reasons.ResourceConflict)
        {
            Break = (world, app) => world.ApplyAsync(Application.Replace("NAME", app.In("staging"), StringComparison.Ordinal)),
            Repair = (world, app) => world.Client.DeleteAsync(
                ForeignKinds.Application, new ObjectKey("argocd", app.In("staging")), new DeleteOptions(), CancellationToken.None),
        },
        ["environment"] = new(Reasons.ResourceConflict)
        {
            Break = (world, app) => world.ApplyAsync($$"""
                apiVersion: idp.dev/v1alpha1
                kind: ApplicationEnvironment
                metadata: {name: {{app.In("staging")}}, namespace: {{app.Team}}}
                spec: {application: elsewhere, stage: Staging, source: {repoURL: "https://git.invalid/x.git", path: x} }
                """),
            Repair = (world, app) => world.Client.DeleteAsync(
                Kinds.Environment, new ObjectKey(app.Team, app.In("staging")), new DeleteOptions(), CancellationToken.None),
        },
        ["owner"] = new(Reasons.RepositoryConflict)
        {
            Break = (world, app) => MakeAsync(world, Other(app), "repository: {name: repair-owner, deletionPolicy: Delete}"),
            Repair = async (world, app) =>
            {
                await Other(app).AnnotateAsync(Annotations.ConfirmDelete, app.Name);
                await world.Client.DeleteAsync(Kinds.BackendApp, new ObjectKey(app.Team, Other(app).Name), new DeleteOptions(), CancellationToken.None);
            },
        },
        ["repository"] = new(Reasons.RepositoryConflict)
        {
            Break = (world, app) => world.GitHub.SendAsync(HttpMethod.Post, "orgs/acme/repos", $$"""{"name": "{{app.Name}}", "auto_init": true}"""),
            Repair = (world, app) => world.GitHub.AskAsync(HttpMethod.Delete, $"repos/acme/{app.Name}"),
            IsOutOfSight = true,
        },
        ["archived"] = new(Reasons.RepositoryArchived)
        {
            Break = async (world, app) =>
            {
                await MakeAsync(world, app, "");
                await world.GitHub.SendAsync(HttpMethod.Patch, $"repos/acme/{app.Name}", """{"archived": true}""");
            },
            Repair = (world, app) => world.GitHub.SendAsync(HttpMethod.Patch, $"repos/acme/{app.Name}", """{"archived": false}"""),
            IsOutOfSight = true,
        },
        ["missing"] = new(Reasons.RepositoryMissing)
        {
            Break = async (world, app) =>
            {
                await MakeAsync(world, app, "");
                var id = (await app.GetAsync()).NumberAt(0, "status", "repository", "id");
                world.Sandbox.GitHub.Add(new GitHubFault { Path = $"^/repositories/{id}$", Status = 404, Times = int.MaxValue });
            },
            Repair = (world, _) => Task.Run(world.Sandbox.GitHub.ClearFaults),
            IsOutOfSight = true,
        },
        ["no-path"] = new(Reasons.TemplateMissing)
        {
            Spec = "template: {name: late}",
            Repair = (world, _) => world.LayGoldenPathAsync("late", manifest => manifest),
        },
        ["bad-path"] = new(Reasons.TemplateInvalid)
        {
            Spec = "template: {name: broken}",
            Break = (world, _) => world.LayGoldenPathAsync("broken", manifest => $"{manifest}unknown: 1\n"),
            Repair = (world, _) => world.LayGoldenPathAsync("broken", manifest => manifest),
        },
        ["parameter"] = new(Reasons.InvalidSpec)
        {
            Spec = "template: {name: strict, parameters: {port: \"80\"}}",
            Break = (world, _) => world.LayGoldenPathAsync("strict", manifest => manifest),
            Repair = (world, _) => world.LayGoldenPathAsync("strict", manifest => manifest.Replace("minimum: 1024", "minimum: 1", StringComparison.Ordinal)),
        },
        ["unfilled"] = new(Reasons.GitHubUnavailable)
        {
            Spec = "template: {name: unfilled}",
            Break = async (world, app) =>
            {
                await world.LayTemplateRepositoryAsync("unfilled");
                world.Sandbox.GitHub.DelayTemplates(new TemplateDelay(0, TimeSpan.FromDays(365)));
            },
            Repair = async (world, app) =>
            {
                var folder = await world.GitHub.CloneAsync(app.Name);
                await TemplatePlatform.WriteDeploymentAsync(folder, app.Name);
                await world.GitHub.PushAsync(folder, "Fill it");
            },
            IsOutOfSight = true,
        },
    };

    private static TestApp Other(TestApp app) => app with { Name = $"{app.Name}-first" };

    private static async Task MakeAsync(RepairPlatform world, TestApp app, string spec)
    {
        await app.ApplyAsync($"{Specs.Small}\n{spec}");
        await world.PassUntilAsync(app, "ready", item => item.Is(Conditions.Ready));
    }
}
