using System.Text.Json.Nodes;

namespace Idp.Sandbox.GitHub;

/// <summary>Files by their path: show and write.</summary>
internal sealed class ContentsEndpoints(RepositoryStore store, GitJson json, TimeProvider clock)
{
    private const int InlineLimit = 1024 * 1024;
    private const string Documentation = "https://docs.github.com/rest/repos/contents#";
    private const string PutDocumentation = $"{Documentation}create-or-update-file-contents";

    public async Task<Reply> ShowAsync(
        StoredRepository repository, string path, ApiCall call, CancellationToken cancellationToken)
    {
        const string documentation = $"{Documentation}get-repository-content";
        var git = repository.Git;
        if ((await git.RefsAsync("refs", cancellationToken)).Count == 0)
        {
            return Reply.Error(404, "This repository is empty.", documentation);
        }

        var shown = (string?)call.Query["ref"] ?? repository.State.DefaultBranch;
        if (await git.ReadAsync($"{shown}^{{commit}}", cancellationToken) is not { } commit)
        {
            return Reply.Error(404, $"No commit found for the ref {shown}", documentation);
        }

        var found = await git.ReadAsync($"{commit.Sha}:{path}", cancellationToken);
        return found switch
        {
            { Type: "blob" } when call.Accept.Contains(".raw", StringComparison.Ordinal) => new Reply(200, null) { Content = found.Content },
            { Type: "blob" } => new Reply(200, File(repository.State, path, found, shown)),
            { Type: "tree" } => await FolderAsync(repository, path, found.Sha, shown, cancellationToken),
            _ => Reply.NotFound(documentation),
        };
    }

    public async Task<Reply> PutAsync(
        StoredRepository repository, string path, ApiCall call, CancellationToken cancellationToken)
    {
        var body = call.Json();
        if (body?.Text("message") is not { } message || body.Text("content") is not { } text)
        {
            return Reply.Error(
                422, "Invalid request.\n\n\"message\" and \"content\" have to be supplied.", PutDocumentation);
        }

        var branch = body.Text("branch") ?? repository.State.DefaultBranch;
        var refs = await repository.Git.RefsAsync("refs/heads", cancellationToken);
        var head = refs.FirstOrDefault(known => known.Name == $"refs/heads/{branch}").Sha;
        if (head is null && refs.Count > 0)
        {
            return Reply.Error(404, $"Branch {branch} not found", PutDocumentation);
        }

        if (ObjectEndpoints.Decode(text, "base64") is not { } content)
        {
            return Reply.Error(422, "content is not valid Base64", PutDocumentation);
        }

        if (!GitRepository.IsPath(path))
        {
            return Reply.Error(422, "path contains a malformed path component", PutDocumentation);
        }

        var present = head is null ? null : await repository.Git.ReadAsync($"{head}:{path}", cancellationToken);
        if (Refusal(path, body, present) is { } refusal)
        {
            return refusal;
        }

        var author = ObjectEndpoints.Identity(
            body["author"] as JsonObject ?? body["committer"] as JsonObject, clock.GetUtcNow());
        var committer = body["committer"] is JsonObject person ? ObjectEndpoints.Identity(person, author.Date) : author;
        return await CommitAsync(
            repository,
            new Change(branch, head, path, content, present is null),
            new GitCommitObject("", head is null ? [] : [head], author, committer, message),
            cancellationToken);
    }

    // A SHA for a file that is not there is ignored, as GitHub does.
    private static Reply? Refusal(string path, JsonObject body, GitObject? present) =>
        (present, body.Text("sha")) switch
        {
            (null, _) => null,
            ({ Type: not "blob" }, _) => Reply.Error(422, $"{path} is a directory", PutDocumentation),
            (_, null) => Reply.Error(422, "Invalid request.\n\n\"sha\" wasn't supplied.", PutDocumentation),
            var (file, sha) when file.Sha != sha => Reply.Error(409, $"{path} does not match {sha}", PutDocumentation),
            _ => null,
        };

    private async Task<Reply> CommitAsync(
        StoredRepository repository, Change change, GitCommitObject draft, CancellationToken cancellationToken)
    {
        var git = repository.Git;
        var blob = await git.WriteAsync("blob", change.Content, cancellationToken);
        var entry = new GitTreeEntry(change.Path, "100644", "blob", blob, change.Content.Length);
        var tree = await git.WriteTreeAsync(change.Head, [entry], cancellationToken);
        var commit = draft with { Tree = tree };
        var sha = await git.WriteAsync("commit", commit.ToBytes(), cancellationToken);
        var moved = await git.UpdateRefAsync(
            $"refs/heads/{change.Branch}", sha, change.Head ?? GitRepository.NoSha, cancellationToken);
        if (!moved)
        {
            return Reply.Error(409, $"{change.Branch} was changed by somebody else", PutDocumentation);
        }

        if (change.Head is null && change.Branch != repository.State.DefaultBranch)
        {
            // The first branch of an empty repository becomes its default one.
            await git.SetHeadAsync(change.Branch, cancellationToken);
            store.Change(repository, repository.State with { DefaultBranch = change.Branch });
        }

        return new Reply(change.IsNew ? 201 : 200, new JsonObject
        {
            ["content"] = json.Entry(repository.State, entry, change.Branch),
            ["commit"] = json.Commit(repository.State, sha, commit),
        });
    }

    private JsonObject File(RepositoryState state, string path, GitObject blob, string reference)
    {
        var entry = new GitTreeEntry(path, "100644", "blob", blob.Sha, blob.Content.Length);
        var body = json.Entry(state, entry, reference);
        var isSmall = blob.Content.Length <= InlineLimit;
        body["content"] = isSmall ? GitJson.Lines(blob.Content) : "";
        body["encoding"] = isSmall ? "base64" : "none";
        return body;
    }

    private async Task<Reply> FolderAsync(
        StoredRepository repository, string path, string tree, string reference, CancellationToken cancellationToken)
    {
        var prefix = path.Length == 0 ? "" : path + "/";
        var entries = await repository.Git.ListTreeAsync(tree, recursive: false, cancellationToken);
        return new Reply(200, new JsonArray([.. entries.Select(
            entry => json.Entry(repository.State, entry with { Path = prefix + entry.Path }, reference))]));
    }

    /// <summary>One file to be put on a branch.</summary>
    private sealed record Change(string Branch, string? Head, string Path, byte[] Content, bool IsNew);
}
