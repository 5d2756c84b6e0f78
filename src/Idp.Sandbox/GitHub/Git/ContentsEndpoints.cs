using System.Text.Json.Nodes;

namespace Idp.Sandbox.GitHub;

/// <summary>Files by their path: show and write.</summary>
internal sealed class ContentsEndpoints(RepositoryStore store, GitJson json, TimeProvider clock)
{
    private const int InlineLimit = 1024 * 1024;
    private const string Documentation = "https://docs.github.com/rest/repos/contents#";
    private const string PutDocumentation = $"{Documentation}create-or-update-file-contents";

    public Reply Show(StoredRepository repository, string path, ApiCall call)
    {
        const string documentation = $"{Documentation}get-repository-content";
        var git = repository.Git;
        if (git.Refs("refs").Count == 0)
        {
            return Reply.Error(404, "This repository is empty.", documentation);
        }

        var shown = (string?)call.Query["ref"] ?? repository.State.DefaultBranch;
        if (git.Read($"{shown}^{{commit}}") is not { } commit)
        {
            return Reply.Error(404, $"No commit found for the ref {shown}", documentation);
        }

        var found = git.Read($"{commit.Sha}:{path}");
        return found switch
        {
            { Type: "blob" } when call.Accept.Contains(".raw", StringComparison.Ordinal) => new Reply(200, null) { Content = found.Content },
            { Type: "blob" } => new Reply(200, File(repository.State, path, found, shown)),
            { Type: "tree" } => Folder(repository, path, found.Sha, shown),
            _ => Reply.NotFound(documentation),
        };
    }

    public Reply Put(StoredRepository repository, string path, ApiCall call)
    {
        var body = call.Json();
        if (body?.Text("message") is not { } message || body.Text("content") is not { } text)
        {
            return Reply.Error(
                422, "Invalid request.\n\n\"message\" and \"content\" have to be supplied.", PutDocumentation);
        }

        var branch = body.Text("branch") ?? repository.State.DefaultBranch;
        var refs = repository.Git.Refs("refs/heads");
        var head = refs.FirstOrDefault(known => known.Name == $"refs/heads/{branch}").Sha;
        if (head is null && refs.Count > 0)
        {
            return Reply.Error(404, $"Branch {branch} not found", PutDocumentation);
        }

        if (ObjectEndpoints.Decode(text) is not { } content)
        {
            return Reply.Error(422, "content is not valid Base64", PutDocumentation);
        }

        if (!GitRepository.IsPath(path))
        {
            return Reply.Error(422, "path contains a malformed path component", PutDocumentation);
        }

        var present = head is null ? null : repository.Git.Read($"{head}:{path}");
        if (Refusal(path, body, present) is { } refusal)
        {
            return refusal;
        }

        var author = ObjectEndpoints.Identity(
            body["author"] as JsonObject ?? body["committer"] as JsonObject, clock.GetUtcNow());
        var committer = body["committer"] is JsonObject person ? ObjectEndpoints.Identity(person, author.Date) : author;
        return Commit(
            repository,
            new Change(branch, head, path, content, present is null),
            new GitCommitObject("", head is null ? [] : [head], author, committer, message));
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

    private Reply Commit(StoredRepository repository, Change change, GitCommitObject draft)
    {
        var git = repository.Git;
        var blob = git.Write("blob", change.Content);
        var entry = new GitTreeEntry(change.Path, "100644", "blob", blob, change.Content.Length);
        var tree = git.WriteTree(change.Head, [entry]);
        var commit = draft with { Tree = tree };
        var sha = git.Write("commit", commit.ToBytes());
        var moved = git.UpdateRef($"refs/heads/{change.Branch}", sha, change.Head ?? GitRepository.NoSha);
        if (!moved)
        {
            return Reply.Error(409, $"{change.Branch} was changed by somebody else", PutDocumentation);
        }

        if (change.Head is null && change.Branch != repository.State.DefaultBranch)
        {
            store.BeginWith(repository, change.Branch);
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

    private Reply Folder(StoredRepository repository, string path, string tree, string reference)
    {
        var prefix = path.Length == 0 ? "" : path + "/";
        var entries = repository.Git.ListTree(tree, recursive: false);
        return new Reply(200, new JsonArray([.. entries.Select(
            entry => json.Entry(repository.State, entry with { Path = prefix + entry.Path }, reference))]));
    }

    /// <summary>One file to be put on a branch.</summary>
    private sealed record Change(string Branch, string? Head, string Path, byte[] Content, bool IsNew);
}
