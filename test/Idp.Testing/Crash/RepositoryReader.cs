using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Idp.Sandbox.GitHub;
using Idp.Sandbox.StandIns;

namespace Idp.Testing.Crash;

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
    public IReadOnlyDictionary<string, string> Branches(JsonObject repository) =>
        GitOf(repository).Refs("refs").ToDictionary(branch => branch.Name, branch => branch.Sha, StringComparer.Ordinal);

    /// <summary>What is true of a repository: its settings, every branch with all of its commits, every file.</summary>
    public Thing Read(JsonObject repository, CanonicalForm form)
    {
        var facts = new SortedDictionary<string, string>(form.Of(repository).ToDictionary(), StringComparer.Ordinal);
        foreach (var branch in Branches(repository).Keys)
        {
            var git = GitOf(repository);
            var log = git.Log(branch);
            facts[$"{branch} commits"] = $"{log.Count}";
            facts[$"{branch} log"] = form.Text(string.Join("; ", log));
            AddFiles(facts, git, branch, form);
        }

        return new Thing($"Repository {form.Text($"{repository.TextAt("owner")}/{repository.TextAt("name")}")}", facts);
    }

    private static void AddFiles(SortedDictionary<string, string> facts, GitRepository git, string branch, CanonicalForm form)
    {
        foreach (var file in git.ListTree(branch, recursive: true).Where(file => file.Type == "blob"))
        {
            var text = form.Text(Encoding.UTF8.GetString(git.ReadRaw(file.Sha)?.Content ?? []));
            var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
            facts[$"{branch} {form.Text(file.Path)}"] = $"{file.Mode} {hash[..12]}";
        }
    }

    private GitRepository GitOf(JsonObject repository) => new(Path.Combine(folder, $"{repository.NumberAt(0, "id")}.git"));
}
