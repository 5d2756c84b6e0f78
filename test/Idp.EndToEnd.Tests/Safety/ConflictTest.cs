using Idp.Entities;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;

namespace Idp.EndToEnd.Tests.Safety;

/// <summary>What somebody else made is never taken over, unless the manifest says so and nobody owns it.</summary>
[Collection(SharedWorld.OfSafety)]
public sealed class ConflictTest(Platform platform)
{
    [Fact]
    public async Task ANamespaceThatSomebodyElseMadeIsNotTouched()
    {
        var app = await platform.NewAppAsync("squatted");
        await platform.KubectlAsync("create", "namespace", app.In("staging"));
        var before = await platform.GetAsync(WellKnownKinds.Namespace, "", app.In("staging"));

        await app.ApplyAsync(Specs.Everything(app.Team));

        var message = await app.UntilStalledAsync(Reasons.ResourceConflict);
        message.Should().Contain("Namespace squatted-staging").And.Contain("kubectl-create");
        (await platform.GetAsync(WellKnownKinds.Namespace, "", app.In("staging"))).ToJsonString().Should().Be(before.ToJsonString());
        (await app.ChildrenAsync()).Should().Equal($"ApplicationEnvironment {app.Team}/{app.In("staging")}");
    }

    [Fact]
    public async Task ANamespaceThatAnotherToolManagesIsNamedWithIt()
    {
        var app = await platform.NewAppAsync("managed");
        await platform.KubectlAsync("create", "namespace", app.In("staging"));
        await platform.KubectlAsync("label", "namespace", app.In("staging"), $"{Labels.ManagedBy}=terraform", $"{Labels.PartOf}=network");

        await app.ApplyAsync(Specs.Small);

        (await app.UntilStalledAsync(Reasons.ResourceConflict)).Should().Contain("terraform (part of network)");
    }

    [Fact]
    public async Task AnApplicationThatSomebodyElseMadeIsNotTouched()
    {
        var app = await platform.NewAppAsync("claimed");
        await platform.ApplyAsync("""
            apiVersion: argoproj.io/v1alpha1
            kind: Application
            metadata: {name: claimed-staging, namespace: argocd}
            spec:
              project: default
              source: {repoURL: "https://git.invalid/other.git", path: deploy, targetRevision: main}
              destination: {server: "https://kubernetes.default.svc", namespace: other}
            """);
        var before = await platform.GetAsync(ForeignKinds.Application, "argocd", "claimed-staging");

        await app.ApplyAsync(Specs.Small);

        var message = await app.UntilStalledAsync(Reasons.ResourceConflict);
        message.Should().Contain("Application").And.Contain("argocd/claimed-staging").And.Contain("sandbox");
        var after = await platform.GetAsync(ForeignKinds.Application, "argocd", "claimed-staging");
        after.At("spec")!.ToJsonString().Should().Be(before.At("spec")!.ToJsonString());
        after.At("metadata", "labels").Should().BeNull();
        await app.DeleteAsync();
        (await platform.FindAsync(ForeignKinds.Application, "argocd", "claimed-staging")).Should().NotBeNull("it is not ours to delete");
    }

    [Fact]
    public async Task AConflictIsOverWhenItsObjectIsGoneAndSomebodyAsks()
    {
        var app = await platform.NewAppAsync("freed");
        await platform.KubectlAsync("create", "namespace", app.In("staging"));
        await app.ApplyAsync(Specs.Small);
        await app.UntilStalledAsync(Reasons.ResourceConflict);
        await platform.Client.DeleteAsync(
            WellKnownKinds.Namespace, new ObjectKey("", app.In("staging")), new DeleteOptions(), CancellationToken.None);
        await platform.Watching.UntilGoneAsync(WellKnownKinds.Namespace, "", app.In("staging"));

        await app.ReconcileAsync();

        await app.UntilReadyAsync();
    }

    [Fact]
    public async Task ARepositoryThatSomebodyElseMadeIsNotTouched()
    {
        var app = await platform.NewAppAsync("taken");
        await CreateRepositoryAsync("taken", "Older than the platform.");
        var commits = await platform.GitHub.CommitsAsync("taken");
        var before = await platform.GitHub.FindAsync("taken");

        await app.ApplyAsync(Specs.Small);

        (await app.UntilStalledAsync(Reasons.RepositoryConflict)).Should().Contain("acme/taken").And.Contain("IfUnowned");
        (await platform.GitHub.FindAsync("taken"))!.ToJsonString().Should().Be(before!.ToJsonString());
        (await platform.GitHub.CommitsAsync("taken")).Should().Equal(commits);
        (await app.ChildrenAsync()).Should().BeEmpty();
        await app.DeleteAsync();
        (await platform.GitHub.ExistsAsync("taken")).Should().BeTrue();
    }

    [Fact]
    public async Task AConflictingRepositoryIsNotDeletedWithTheManifest()
    {
        var app = await platform.NewAppAsync("precious");
        await CreateRepositoryAsync("precious", "Do not delete.");
        await app.ApplyAsync("""
            repository: {deletionPolicy: Delete}
            environments: [{name: staging}]
            """);
        await app.UntilStalledAsync(Reasons.RepositoryConflict);

        await app.DeleteAsync();

        (await platform.GitHub.FindAsync("precious")).FlagAt(true, "archived").Should().BeFalse();
    }

    [Fact]
    public async Task OfTwoTeamsThatWantTheSameTheFirstKeepsIt()
    {
        var first = await platform.NewAppAsync("wanted");
        await first.MakeAsync(Specs.Small);
        var second = new TestApp(platform, await platform.NewTeamAsync("wanting"), "wanted");
        var before = await WorldOf(first);

        await second.ApplyAsync("""
            repository: {adoption: IfUnowned}
            environments: [{name: staging}]
            """);
        (await second.UntilStalledAsync(Reasons.RepositoryConflict)).Should().Contain("team-wanted/wanted");
        (await platform.ListAsync(Kinds.Environment, second.Team)).Should().BeEmpty();

        await second.DeleteAsync();
        await second.ApplyAsync("""
            repository: {name: wanted-too}
            environments: [{name: staging}]
            """);
        (await second.UntilStalledAsync(Reasons.ResourceConflict)).Should().Contain("Namespace wanted-staging").And.Contain("wanted");

        await second.DeleteAsync();
        await first.ReconcileAsync();
        (await first.GetAsync()).Is(Conditions.Ready).Should().BeTrue();
        (await WorldOf(first)).Should().Equal(before, "nothing of the first was written, moved or deleted");
    }

    [Fact]
    public async Task ARepositoryThatNobodyOwnsIsTakenInWhereTheManifestAllowsIt()
    {
        var app = await platform.NewAppAsync("adopted");
        var folder = await CreateRepositoryAsync("adopted", "Older than the platform.");
        WriteDeployment(Path.Combine(folder, "deploy", "overlays", "staging"));
        await platform.GitHub.PushAsync(folder, "Deploy");
        var commits = await platform.GitHub.CommitsAsync("adopted");

        var ready = await app.MakeAsync("""
            repository: {adoption: IfUnowned}
            environments: [{name: staging}]
            """);

        var after = await platform.GitHub.CommitsAsync("adopted");
        after.Skip(1).Should().Equal(commits, "history is left alone");
        after[0].Should().Be(ready.TextAt("status", "repository", "commit"));
        (await platform.GetAsync(ForeignKinds.Deployment, "adopted-staging", "adopted")).NumberAt(0, "spec", "replicas").Should().Be(1);
        folder = await platform.GitHub.CloneAsync("adopted");
        (await File.ReadAllTextAsync(Path.Combine(folder, ".idp", "repository.json"))).Should().Contain("team-adopted/adopted");
    }

    /// <summary>Makes a repository with one commit, as somebody else; returns the working copy.</summary>
    private async Task<string> CreateRepositoryAsync(string name, string description)
    {
        await platform.GitHub.SendAsync(
            HttpMethod.Post, "orgs/acme/repos", $$"""{"name": "{{name}}", "private": true, "description": "{{description}}"}""");
        var folder = await platform.GitHub.CloneAsync(name);
        await File.WriteAllTextAsync(Path.Combine(folder, "README.md"), description);
        await platform.GitHub.PushAsync(folder, "Begin");
        return folder;
    }

    /// <summary>Every object of an application, with its uid and spec, and its repository's newest commit.</summary>
    private async Task<IReadOnlyList<string>> WorldOf(TestApp app)
    {
        List<string> world = [(await platform.GitHub.CommitsAsync(app.Name))[0]];
        foreach (var kind in Kinds.Owned.Concat(Kinds.Deployed))
        {
            var items = await platform.ListAsync(kind, kind == ForeignKinds.Application ? "argocd" : kind == Kinds.Environment ? app.Team : app.In("staging"));
            world.AddRange(items.Where(item => item.TextAt("metadata", "name")!.Contains(app.Name, StringComparison.Ordinal) || kind != ForeignKinds.Application)
                .Select(item => $"{kind.Kind} {item.TextAt("metadata", "name")} {item.TextAt("metadata", "uid")} {item.At("spec")?.ToJsonString()}"));
        }

        return world;
    }

    private static void WriteDeployment(string folder)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "kustomization.yaml"), """
            apiVersion: kustomize.config.k8s.io/v1beta1
            kind: Kustomization
            resources: [deployment.yaml]
            """);
        File.WriteAllText(Path.Combine(folder, "deployment.yaml"), """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: adopted}
            spec:
              selector: {matchLabels: {app: adopted}}
              template:
                metadata: {labels: {app: adopted}}
                spec: {containers: [{name: adopted, image: "ghcr.io/acme/adopted:1"}]}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: adopted}
            spec: {selector: {app: adopted}, ports: [{port: 80}]}
            """);
    }
}
