using System.Text.Json.Nodes;
using Idp.Entities;
using Idp.Kubernetes.Model;
using Idp.Sandbox.GitHub;
using Idp.Sandbox.Processes;
using Idp.Sandbox.StandIns.ArgoCd;
using Idp.Sandbox.World;

namespace Idp.Sandbox.Demo;

/// <summary>Shows how a repository stays current: a team changes what it got, the golden path gets a newer version, and one pull request brings both together.</summary>
internal sealed class GoldenPathShow(Idp.Sandbox.World.Sandbox sandbox, Onlooker onlooker, Narrator narrator, TimeProvider clock)
{
    private const string Template = "python-fastapi";
    private const string Branch = "idp/golden-path";
    private const string Columns = "custom-columns=NAME:.metadata.name,FOLLOWS:.status.repository.template.version,OFFERED:.status.repository.template.update.version,"
        + "PULL-REQUEST:.status.repository.template.update.url";

    private const string Ours = "Ask the team's channel before a release.";
    private const string Theirs = "See the platform's handbook for how releases are made.";

    private string Folder => Path.Combine(FolderIn(sandbox.Directory), Template);

    /// <summary>Copies the golden paths of the repository to where the demo may change them; the settings of its world name that copy.</summary>
    public static void Prepare(string directory, JsonObject settings)
    {
        var copy = FolderIn(directory);
        foreach (var file in Directory.EnumerateFiles(SandboxPaths.Below("golden-paths"), "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(copy, Path.GetRelativePath(SandboxPaths.Below("golden-paths"), file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target, overwrite: true);
        }

        settings["goldenPaths"]!["directories"] = new JsonArray(copy);
    }

    /// <summary>Tells the story.</summary>
    /// <exception cref="DemoFailedException">Something does not hold; the message says what.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var app = onlooker.Applications.First(item => item.Status.Repository?.Template?.Name == Template);
        var repository = $"{app.Status.Repository!.Owner}/{app.Status.Repository.Name}";
        await sandbox.GitHub.People.CommitAsync(repository, new GitHubPersonCommit
        {
            Message = "Say how we release",
            Files = [GitHubPersonFile.Text("README.md", $"{await ReadAsync(app, "README.md", cancellationToken)}\n{Ours}\n")],
        });
        narrator.Say($"the team of {app.Metadata.Name} pushes a line to its README.md");
        var version = await RaiseAsync(cancellationToken);
        narrator.Say($"the platform team raises {Template} to {version}, with another line at the beginning of README.md");
        var offered = await UntilAsync(app.Metadata.Key, status => status.Update is { PullRequest: > 0 } update && update.Version == version, cancellationToken);
        var pull = sandbox.GitHub.People.PullRequests(repository).Single(pull => pull.Number == offered.Update!.PullRequest);
        narrator.Good($"{offered.Update!.Url}: {pull.Title}");
        narrator.Show(await DiffAsync(app, cancellationToken));
        await sandbox.GitHub.People.MergeAsync(repository, pull.Number, GitHubMergeMethod.Squash);
        narrator.Say("the team merges it, of which GitHub's webhook would tell the operator; here it is asked to look");
        await AskAsync(app, cancellationToken);
        await UntilAsync(app.Metadata.Key, status => status.Version == version && status.Update is null, cancellationToken);
        narrator.Show((await sandbox.Kubectl.RunAsync(["get", "backendapps", "-A", "-o", Columns], cancellationToken)).Output);
        var readme = await ReadAsync(app, "README.md", cancellationToken);
        narrator.Good(readme.Contains(Ours, StringComparison.Ordinal) && readme.Contains(Theirs, StringComparison.Ordinal)
            ? $"{app.Metadata.Name} follows {Template} {version}, and both lines are in its README.md"
            : throw new DemoFailedException($"README.md of {repository} has lost a line:\n{readme}"));
    }

    private static string FolderIn(string directory) => Path.Combine(directory, "golden-paths");

    // The next patch version, with one more line that everybody gets.
    private async Task<string> RaiseAsync(CancellationToken cancellationToken)
    {
        var manifest = Path.Combine(Folder, "template.yaml");
        var text = await File.ReadAllTextAsync(manifest, cancellationToken);
        var line = text.Split('\n').Single(line => line.StartsWith("version:", StringComparison.Ordinal));
        var numbers = line["version:".Length..].Trim().Split('.');
        var version = $"{numbers[0]}.{numbers[1]}.{int.Parse(numbers[2], System.Globalization.CultureInfo.InvariantCulture) + 1}";
        var readme = Path.Combine(Folder, "skeleton", "README.md");
        var lines = (await File.ReadAllTextAsync(readme, cancellationToken)).Split('\n', 2);
        await File.WriteAllTextAsync(readme, $"{lines[0]}\n\n{Theirs}\n{lines[1]}", cancellationToken);
        await File.WriteAllTextAsync(manifest, text.Replace(line, $"version: {version}", StringComparison.Ordinal), cancellationToken);
        return version;
    }

    private async Task<TemplateStatus> UntilAsync(ObjectKey key, Func<TemplateStatus, bool> holds, CancellationToken cancellationToken)
    {
        TemplateStatus? Now() => onlooker.Applications.FirstOrDefault(item => item.Metadata.Key == key)?.Status.Repository?.Template;
        await narrator.AccompanyAsync("waiting for the operator", () => onlooker.UntilAsync(() => Now() is { } status && holds(status), cancellationToken));
        return Now()!;
    }

    private async Task AskAsync(BackendApp app, CancellationToken cancellationToken)
    {
        var result = await sandbox.Kubectl.RunAsync(
            ["annotate", "--overwrite", "backendapps.idp.dev", app.Metadata.Name, "-n", app.Metadata.Namespace ?? "", $"{Annotations.ReconcileRequestedAt}={clock.GetUtcNow():O}"],
            cancellationToken);
        if (!result.Succeeded)
        {
            throw new DemoFailedException($"kubectl annotate: {result.LastLine}");
        }
    }

    private static Task<string> DiffAsync(BackendApp app, CancellationToken cancellationToken) =>
        WithCloneAsync(app, clone => Git("-C", clone, "diff", "--stat=100", "-p", $"main...origin/{Branch}", "--", ".", ":!.idp").RunAsync(cancellationToken), cancellationToken);

    private static Task<string> ReadAsync(BackendApp app, string path, CancellationToken cancellationToken) =>
        WithCloneAsync(app, clone => Git("-C", clone, "show", $"HEAD:{path}").RunAsync(cancellationToken), cancellationToken);

    private static async Task<string> WithCloneAsync(BackendApp app, Func<string, Task<CommandResult>> work, CancellationToken cancellationToken)
    {
        var clone = Directory.CreateTempSubdirectory("idp-demo-").FullName;
        try
        {
            var cloned = await Git("clone", "--quiet", app.Status.Repository!.CloneUrl, clone).RunAsync(cancellationToken);
            var result = cloned.Succeeded ? await work(clone) : cloned;
            return result.Succeeded ? result.Output : throw new DemoFailedException($"git, in a clone of {app.Status.Repository.CloneUrl}: {result.LastLine}");
        }
        finally
        {
            Directory.Delete(clone, recursive: true);
        }
    }

    private static Command Git(params string[] arguments) => new("git", arguments) { Environment = GitCredentials.QuietEnvironment };
}
