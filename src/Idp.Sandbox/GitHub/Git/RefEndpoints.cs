namespace Idp.Sandbox.GitHub;

/// <summary>Branches as refs, and the commits that they are at.</summary>
internal sealed class RefEndpoints(GitJson json)
{
    public Reply Show(StoredRepository repository, string name)
    {
        // Git would take the folder heads as a prefix, and patterns as patterns.
        var found = repository.Git.Refs("refs").FirstOrDefault(known => known.Name == $"refs/{name}").Sha;
        return found is null
            ? Reply.NotFound("https://docs.github.com/rest/git/refs#get-a-reference")
            : new Reply(200, json.Ref(repository.State, $"refs/{name}", found));
    }

    /// <summary>A branch as people see it; in an empty repository there is none.</summary>
    public Reply ShowBranch(StoredRepository repository, string name)
    {
        var sha = repository.Git.Refs("refs/heads").FirstOrDefault(known => known.Name == $"refs/heads/{name}").Sha;
        return sha is null
            ? Reply.Error(404, "Branch not found", "https://docs.github.com/rest/branches/branches#get-a-branch")
            : new Reply(200, json.Branch(repository.State, name, sha, GitCommitObject.Parse(repository.Git.Read(sha)!.Content)));
    }

    /// <summary>The last commit of a branch as people see it, with the files that it changed.</summary>
    public Reply ShowCommit(StoredRepository repository, string name)
    {
        const string documentation = "https://docs.github.com/rest/commits/commits#get-a-commit";
        var git = repository.Git;
        if (git.Refs("refs").Count == 0)
        {
            return Reply.Error(409, "Git Repository is empty.", documentation);
        }

        if (git.Read($"{name}^{{commit}}") is not { } found)
        {
            return Reply.Error(422, $"No commit found for SHA: {name}", documentation);
        }

        var commit = GitCommitObject.Parse(found.Content);
        var files = Files(git, commit.Tree);
        if (commit.Parents is [var parent, ..])
        {
            var old = Files(git, parent);
            var same = old.ToDictionary(file => file.Path, file => file.Sha, StringComparer.Ordinal);
            files.RemoveAll(file => same.GetValueOrDefault(file.Path) == file.Sha);
        }

        // Removed files are left out, and so are the numbers of lines: nothing here asks for them.
        return new Reply(200, json.FullCommit(repository.State, found.Sha, commit, files));
    }

    private static List<GitTreeEntry> Files(GitRepository git, string tree) =>
        [.. git.ListTree(tree, recursive: true).Where(entry => entry.Type == "blob")];
}
