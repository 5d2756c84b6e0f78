using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Idp.Sandbox.GitHub;
using Idp.Sandbox.StandIns;

namespace Idp.Sandbox.Crash;

/// <summary>Reads the repositories of the contract server from its folder: <c>ID.json</c> and, in Git, <c>ID.git</c>.</summary>
internal sealed class RepositoryReader(string folder)
{
    /// <summary>The repositories that there are, but for those of other applications of the run.</summary>
    public IReadOnlyList<JsonObject> List(CrashApp app) =>
    [
        .. from file in Directory.EnumerateFiles(folder, "*.json")
           let state = JsonNode.Parse(File.ReadAllText(file))!.AsObject()
           let name = state.TextAt("name") ?? ""
           where name == app.Name || !CrashApp.Names(name)
           select state,
    ];

    /// <summary>The commits that its branches are at, by branch.</summary>
    public async Task<IReadOnlyDictionary<string, string>> BranchesAsync(JsonObject repository, CancellationToken cancellationToken)
    {
        var found = await GitOf(repository).RefsAsync("refs/", cancellationToken);
        return found.ToDictionary(branch => branch.Name, branch => branch.Sha, StringComparer.Ordinal);
    }

    /// <summary>What is true of a repository: its settings, every branch with all of its commits, every file.</summary>
    public async Task<Thing> ReadAsync(JsonObject repository, CanonicalForm form, CancellationToken cancellationToken)
    {
        var facts = new SortedDictionary<string, string>(form.Of(repository).ToDictionary(), StringComparer.Ordinal);
        foreach (var branch in (await BranchesAsync(repository, cancellationToken)).Keys)
        {
            var log = await LogAsync(repository, branch, cancellationToken);
            facts[$"{branch} commits"] = $"{log.Count}";
            facts[$"{branch} log"] = form.Text(string.Join("; ", log));
            await AddFilesAsync(facts, repository, branch, form, cancellationToken);
        }

        return new Thing($"Repository {form.Text($"{repository.TextAt("owner")}/{repository.TextAt("name")}")}", facts);
    }

    private async Task AddFilesAsync(
        SortedDictionary<string, string> facts,
        JsonObject repository,
        string branch,
        CanonicalForm form,
        CancellationToken cancellationToken)
    {
        var git = GitOf(repository);
        var files = await git.ListTreeAsync(branch, recursive: true, cancellationToken);
        var contents = await git.ReadAsync([.. files.Select(file => file.Sha ?? "")], cancellationToken);
        foreach (var (file, content) in files.Zip(contents).Where(pair => pair.First.Type == "blob"))
        {
            var text = form.Text(Encoding.UTF8.GetString(content?.Content ?? []));
            var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
            facts[$"{branch} {form.Text(file.Path)}"] = $"{file.Mode} {hash[..12]}";
        }
    }

    private async Task<IReadOnlyList<string>> LogAsync(JsonObject repository, string branch, CancellationToken cancellationToken)
    {
        string[] arguments = ["log", "-z", "--format=%an <%ae>, %cn: %s %b", branch];
        var log = await GitProcess.RunAsync(PathOf(repository), arguments, default, cancellationToken);
        return
        [
            .. log.Checked().Text.Split('\0', StringSplitOptions.RemoveEmptyEntries)
                .Select(entry => entry.ReplaceLineEndings(" ").Trim()),
        ];
    }

    private GitRepository GitOf(JsonObject repository) => new(PathOf(repository));

    private string PathOf(JsonObject repository) => Path.Combine(folder, $"{repository.NumberAt(0, "id")}.git");
}
