using Idp.Entities;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;
using Idp.Sandbox.World;

namespace Idp.EndToEnd.Tests.Safety;

/// <summary>Whatever an application is stalled by, the repair that its message names ends it: nobody has to touch the application.</summary>
[Collection(RepairWorld.Name)]
public sealed class RepairTest(RepairPlatform platform)
{
    private static readonly Dictionary<string, Breakage> Breakages = new()
    {
        ["team"] = new(Reasons.NotGranted, "team: shipping", _ => Task.CompletedTask, async (world, app) =>
            await world.KubectlAsync("label", "namespace", app.Team, $"{Labels.Team}=shipping")),
        ["grant"] = new(Reasons.NotGranted, "secrets: [{name: KEY, remoteRef: {key: elsewhere/key}}]", _ => Task.CompletedTask, (world, app) =>
            world.EditAsync(settings => settings["teams"]!.AsArray().Insert(
                0, new JsonObject { ["namespace"] = app.Team, ["secretKeys"] = new JsonArray("elsewhere/*") }))),
        ["namespace"] = new(
            Reasons.ResourceConflict,
            "",
            app => app.Platform.KubectlAsync("create", "namespace", app.In("staging")),
            async (world, app) => await world.KubectlAsync("delete", "namespace", app.In("staging"))),
        ["application"] = new(
            Reasons.ResourceConflict,
            "",
            app => app.Platform.ApplyAsync($$"""
                apiVersion: argoproj.io/v1alpha1
                kind: Application
                metadata: {name: {{app.In("staging")}}, namespace: argocd}
                spec: {project: default, source: {repoURL: "https://git.invalid/x.git", path: x}, destination: {server: "https://kubernetes.default.svc", namespace: other} }
                """),
            (world, app) => world.Client.DeleteAsync(
                ForeignKinds.Application, new ObjectKey("argocd", app.In("staging")), new DeleteOptions(), CancellationToken.None)),
        ["repository"] = new(
            Reasons.RepositoryConflict,
            "",
            app => app.Platform.GitHub.SendAsync(HttpMethod.Post, "orgs/acme/repos", $$"""{"name": "{{app.Name}}", "auto_init": true}"""),
            (world, app) => world.GitHub.AskAsync(HttpMethod.Delete, $"repos/acme/{app.Name}")),
        ["no-path"] = new(Reasons.TemplateMissing, "template: {name: late}", _ => Task.CompletedTask, (world, _) => LayAsync(world, "late", "")),
        ["bad-path"] = new(
            Reasons.TemplateInvalid,
            "template: {name: broken}",
            app => LayAsync((RepairPlatform)app.Platform, "broken", "unknown: 1"),
            (world, _) => LayAsync(world, "broken", "")),
    };

    public static TheoryData<string> Names => [.. Breakages.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task RepairEndsIt_AndNobodyTouchesTheApplication(string name)
    {
        var breakage = Breakages[name];
        var app = await platform.NewAppAsync($"repair-{name}");
        await breakage.Break(app);
        await app.ApplyAsync($"{Specs.Small}\n{breakage.Spec}");
        await PassAsync(app, $"stalled by {breakage.Reason}", item => item.IsStalled(breakage.Reason));
        var before = (await app.GetAsync())["metadata"]!["generation"]!.ToJsonString();

        await breakage.Repair(platform, app);

        await PassAsync(app, "ready", item => item.Is(Conditions.Ready));
        (await app.GetAsync())["metadata"]!["generation"]!.ToJsonString().Should().Be(before);
    }

    private Task PassAsync(TestApp app, string what, Func<JsonObject, bool> isSo) => platform.PassTimeUntilAsync(
        async () =>
        {
            var item = await app.GetAsync();
            return (isSo(item), $"{app.Name} is not {what}: {ConditionReading.Print(item)}");
        },
        TimeSpan.FromMinutes(5));

    /// <summary>Lays the golden path that there is under another name, with something added to its manifest.</summary>
    private static async Task LayAsync(RepairPlatform world, string name, string addition)
    {
        var folder = Path.Combine(world.GoldenPaths, name);
        var source = SandboxPaths.Below("golden-paths", "python-fastapi");
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(folder, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target, overwrite: true);
        }

        var manifest = Path.Combine(folder, "template.yaml");
        var text = await File.ReadAllTextAsync(manifest);
        await File.WriteAllTextAsync(manifest, text.Replace("name: python-fastapi", $"name: {name}", StringComparison.Ordinal) + $"{addition}\n");
    }

    /// <summary>Something that is wrong.</summary>
    /// <param name="Reason">How it is told.</param>
    /// <param name="Spec">What the manifest asks for that it makes impossible.</param>
    /// <param name="Break">Makes it wrong.</param>
    /// <param name="Repair">Mends it.</param>
    private sealed record Breakage(string Reason, string Spec, Func<TestApp, Task> Break, Func<RepairPlatform, TestApp, Task> Repair);
}
