using System.Text.Json.Nodes;

namespace Idp.Sandbox.GitHub;

/// <summary>Branches as refs: show, list, make, move.</summary>
internal sealed class RefEndpoints(GitJson json)
{
    private const string Documentation = "https://docs.github.com/rest/git/refs#";

    public async Task<Reply> ShowAsync(StoredRepository repository, string name, CancellationToken cancellationToken) =>
        await FindAsync(repository, name, cancellationToken) is { } sha
            ? new Reply(200, json.Ref(repository.State, $"refs/{name}", sha))
            : Reply.NotFound($"{Documentation}get-a-reference");

    public async Task<Reply> ListAsync(StoredRepository repository, string prefix, CancellationToken cancellationToken)
    {
        var refs = await repository.Git.RefsAsync("refs", cancellationToken);
        var matching = from known in refs
                       where known.Name.StartsWith($"refs/{prefix}", StringComparison.Ordinal)
                       select json.Ref(repository.State, known.Name, known.Sha);
        return new Reply(200, new JsonArray([.. matching]));
    }

    public async Task<Reply> CreateAsync(StoredRepository repository, ApiCall call, CancellationToken cancellationToken)
    {
        const string documentation = $"{Documentation}create-a-reference";
        var body = call.Json();
        if (body?.Text("ref") is not { } name
            || !name.StartsWith("refs/", StringComparison.Ordinal)
            || body.Text("sha") is not { } sha)
        {
            return Reply.Error(422, "Invalid request.\n\n\"ref\" and \"sha\" have to be supplied.", documentation);
        }

        if (await IsCommitAsync(repository, sha, cancellationToken) is false)
        {
            return Reply.Error(422, "Object does not exist", documentation);
        }

        return await repository.Git.UpdateRefAsync(name, sha, GitRepository.NoSha, cancellationToken)
            ? new Reply(201, json.Ref(repository.State, name, sha))
            : Reply.Error(422, "Reference already exists", documentation);
    }

    /// <summary>A branch as people see it; in an empty repository there is none.</summary>
    public async Task<Reply> ShowBranchAsync(StoredRepository repository, string name, CancellationToken cancellationToken)
    {
        if (await FindAsync(repository, $"heads/{name}", cancellationToken) is not { } sha)
        {
            return Reply.Error(404, "Branch not found", "https://docs.github.com/rest/branches/branches#get-a-branch");
        }

        var found = await repository.Git.ReadAsync(sha, cancellationToken);
        return new Reply(200, json.Branch(repository.State, name, sha, GitCommitObject.Parse(found!.Content)));
    }

    /// <summary>The last commit of a branch as people see it, with the files that it changed.</summary>
    public async Task<Reply> ShowCommitAsync(StoredRepository repository, string name, CancellationToken cancellationToken)
    {
        const string documentation = "https://docs.github.com/rest/commits/commits#get-a-commit";
        var git = repository.Git;
        if ((await git.RefsAsync("refs", cancellationToken)).Count == 0)
        {
            return Reply.Error(409, "Git Repository is empty.", documentation);
        }

        if (await git.ReadAsync($"{name}^{{commit}}", cancellationToken) is not { } found)
        {
            return Reply.Error(422, $"No commit found for SHA: {name}", documentation);
        }

        var commit = GitCommitObject.Parse(found.Content);
        var files = await FilesAsync(git, commit.Tree, cancellationToken);
        if (commit.Parents is [var parent, ..])
        {
            var old = await FilesAsync(git, parent, cancellationToken);
            var same = old.ToDictionary(file => file.Path, file => file.Sha, StringComparer.Ordinal);
            files.RemoveAll(file => same.GetValueOrDefault(file.Path) == file.Sha);
        }

        // Removed files are left out, and so are the numbers of lines: nothing here asks for them.
        return new Reply(200, json.FullCommit(repository.State, found.Sha, commit, files));
    }

    public async Task<Reply> MoveAsync(
        StoredRepository repository, string name, ApiCall call, CancellationToken cancellationToken)
    {
        const string documentation = $"{Documentation}update-a-reference";
        var body = call.Json();
        if (body?.Text("sha") is not { } sha)
        {
            return Reply.Error(422, "Invalid request.\n\n\"sha\" wasn't supplied.", documentation);
        }

        if (await FindAsync(repository, name, cancellationToken) is not { } old)
        {
            return Reply.Error(422, "Reference does not exist", documentation);
        }

        if (await IsCommitAsync(repository, sha, cancellationToken) is false)
        {
            return Reply.Error(422, "Object does not exist", documentation);
        }

        if (body.Flag("force") is not true && !await repository.Git.IsAncestorAsync(old, sha, cancellationToken))
        {
            return Reply.Error(422, "Update is not a fast forward", documentation);
        }

        return await repository.Git.UpdateRefAsync($"refs/{name}", sha, old, cancellationToken)
            ? new Reply(200, json.Ref(repository.State, $"refs/{name}", sha))
            : Reply.Error(409, "Reference was changed by somebody else", documentation);
    }

    /// <summary>Sets a branch, if it stands where the caller believes.</summary>
    public static async Task<Reply> ResetAsync(StoredRepository repository, GraphQlCall call, CancellationToken cancellationToken)
    {
        if (!await IsCommitAsync(repository, call.AfterOid, cancellationToken))
        {
            return GraphQlCall.Refused("NOT_FOUND", $"No object {call.AfterOid} exists.");
        }

        if (!call.Force && !await repository.Git.IsAncestorAsync(call.BeforeOid, call.AfterOid, cancellationToken))
        {
            return GraphQlCall.Refused("UNPROCESSABLE", $"{call.Name} is not a fast forward.");
        }

        return await repository.Git.UpdateRefAsync(call.Name, call.AfterOid, call.BeforeOid, cancellationToken)
            ? GraphQlCall.Done()
            : GraphQlCall.Refused("STALE_DATA", $"{call.Name} is not at {call.BeforeOid}.");
    }

    private static async Task<bool> IsCommitAsync(
        StoredRepository repository, string sha, CancellationToken cancellationToken) =>
        await repository.Git.ReadAsync(sha, cancellationToken) is { Type: "commit" };

    private static async Task<string?> FindAsync(
        StoredRepository repository, string name, CancellationToken cancellationToken)
    {
        // Git would take the folder heads as a prefix, and patterns as patterns.
        var refs = await repository.Git.RefsAsync("refs", cancellationToken);
        return refs.FirstOrDefault(known => known.Name == $"refs/{name}").Sha;
    }

    private static async Task<List<GitTreeEntry>> FilesAsync(GitRepository git, string tree, CancellationToken cancellationToken) =>
        [.. (await git.ListTreeAsync(tree, recursive: true, cancellationToken)).Where(entry => entry.Type == "blob")];
}
