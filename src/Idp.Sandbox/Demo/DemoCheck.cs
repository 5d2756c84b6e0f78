using System.Text.Json.Nodes;
using Idp.Entities;
using Idp.Kubernetes.Client;
using Idp.Sandbox.Processes;
using Idp.Sandbox.StandIns;
using Idp.Sandbox.StandIns.ArgoCd;
using Idp.Sandbox.StandIns.Hosting;

namespace Idp.Sandbox.Demo;

/// <summary>Looks at what the demo made as a stranger would, deletes it, and looks at what is left.</summary>
internal sealed class DemoCheck(
    Idp.Sandbox.World.Sandbox sandbox, Onlooker onlooker, Narrator narrator, TimeProvider clock)
{
    private readonly string _clones = Path.Combine(sandbox.Directory, "clones");

    /// <summary>Looks at the repositories and at what is deployed from them.</summary>
    /// <exception cref="DemoFailedException">Something does not hold; the message says what.</exception>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        var applications = onlooker.Applications;
        await narrator.StageAsync("Every repository holds its scaffold as one commit", () => EachAsync(
            applications, item => CloneAsync(item, cancellationToken)));
        await narrator.StageAsync("Every overlay builds, and the API server would take it", () => EachAsync(
            onlooker.Environments, item => DryRunAsync(item, cancellationToken)));
    }

    /// <summary>Deletes everything, and looks at what is left.</summary>
    /// <exception cref="DemoFailedException">Something does not hold; the message says what.</exception>
    public async Task DeleteAsync(CancellationToken cancellationToken)
    {
        var repositories = onlooker.Applications.Select(item => item.Status.Repository?.CloneUrl ?? "").ToList();
        await narrator.StageAsync(
            "Deleting leaves what the policies retain, and nothing else",
            () => new DeletionCheck(sandbox, onlooker, narrator, clock).RunAsync(cancellationToken),
            () => $"{onlooker.Applications.Count + onlooker.Environments.Count} objects left");
        foreach (var url in repositories)
        {
            Require(await Git("ls-remote", "--exit-code", url).RunAsync(cancellationToken), $"The retained repository {url}");
            narrator.Good($"retained {url}");
        }
    }

    private static async Task EachAsync<T>(IEnumerable<T> items, Func<T, Task> check)
    {
        foreach (var item in items)
        {
            await check(item);
        }
    }

    private async Task CloneAsync(BackendApp application, CancellationToken cancellationToken)
    {
        var url = application.Status.Repository?.CloneUrl ?? "";
        var target = CloneOf(application.Metadata.Name);
        Require(await Git("clone", "--quiet", url, target).RunAsync(cancellationToken), $"git clone {url}");
        var count = await Git("-C", target, "rev-list", "--count", "HEAD").RunAsync(cancellationToken);
        if (count.Output.Trim() != "1")
        {
            throw new DemoFailedException($"{url} has {count.Output.Trim()} commits where the scaffold should be the only one.");
        }

        var subject = await Git("-C", target, "log", "-1", "--format=%h %an: %s").RunAsync(cancellationToken);
        var files = await Git("-C", target, "ls-files").RunAsync(cancellationToken);
        narrator.Good($"{url}: {files.Output.Split('\n').Length - 1} files in {subject.Output.Trim()}");
    }

    private async Task DryRunAsync(ApplicationEnvironment environment, CancellationToken cancellationToken)
    {
        var path = environment.Spec.Source?.Path ?? "";
        var copy = Path.Combine(_clones, $"{environment.Metadata.Name}.build");
        var clone = CloneOf(environment.Spec.Application);
        Require(await Git("clone", "--quiet", clone, copy).RunAsync(cancellationToken), $"git clone {clone}");
        IReadOnlyList<JsonObject> objects;
        try
        {
            objects = await new KustomizeBuild(sandbox.Kubectl.Path).RunAsync(copy, path, options: null, cancellationToken);
        }
        catch (ManifestException exception)
        {
            throw new DemoFailedException($"kubectl kustomize {path} of {environment.Spec.Application}: {exception.Message}");
        }

        var kinds = new ServedKinds(sandbox.Kubectl);
        foreach (var item in objects)
        {
            await DryRunAsync(item, environment.Status.Namespace ?? "", kinds, cancellationToken);
        }

        narrator.Good($"{environment.Spec.Application} {path}: {string.Join(", ", objects.Select(item => item.TextAt("kind")))}");
    }

    private async Task DryRunAsync(
        JsonObject item, string @namespace, ServedKinds kinds, CancellationToken cancellationToken)
    {
        var (version, kind) = (item.TextAt("apiVersion") ?? "", item.TextAt("kind") ?? "");
        var served = await kinds.FindAsync(version, kind, cancellationToken);
        if (served is null && OldServerDefaults.VersionOf(version, kind) is { } older)
        {
            served = await kinds.FindAsync(older, kind, cancellationToken);
            item["apiVersion"] = older;
        }

        if (served is null)
        {
            throw new DemoFailedException($"{kind} of {version} is not served.");
        }

        if (served.Kind.Namespaced && item["metadata"] is JsonObject metadata)
        {
            metadata["namespace"] ??= @namespace;
        }

        OldServerDefaults.Fill(item);
        try
        {
            await sandbox.Client.ApplyAsync(
                served.Kind, item, new ApplyOptions { FieldManager = "demo", Force = true, DryRun = true }, cancellationToken);
        }
        catch (KubeException exception)
        {
            throw new DemoFailedException($"The API server would refuse {item.TextAt("kind")}: {exception.Message}");
        }
    }

    private string CloneOf(string application) => Path.Combine(_clones, application);

    private static Command Git(params string[] arguments) =>
        new("git", arguments) { Environment = GitCredentials.QuietEnvironment };

    private static void Require(CommandResult result, string what)
    {
        if (!result.Succeeded)
        {
            throw new DemoFailedException($"{what}: {result.LastLine}");
        }
    }
}
