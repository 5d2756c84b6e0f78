using System.Text.Json.Nodes;

namespace Idp.Sandbox.GitHub;

/// <summary>Writes Git objects as GitHub does.</summary>
internal sealed class GitJson(RepositoryJson json)
{
    public JsonObject Ref(RepositoryState state, string name, string sha) => new()
    {
        ["ref"] = name,
        ["node_id"] = RepositoryJson.NodeId("Ref", $"{state.Id}:{name}"),
        ["url"] = $"{json.Api(state)}/git/{name}",
        ["object"] = new JsonObject { ["sha"] = sha, ["type"] = "commit", ["url"] = ObjectUrl(state, "commits", sha) },
    };

    public JsonObject Commit(RepositoryState state, string sha, GitCommitObject commit) => new()
    {
        ["sha"] = sha,
        ["node_id"] = RepositoryJson.NodeId("Commit", $"{state.Id}:{sha}"),
        ["url"] = ObjectUrl(state, "commits", sha),
        ["html_url"] = $"{json.Page(state)}/commit/{sha}",
        ["author"] = Identity(commit.Author),
        ["committer"] = Identity(commit.Committer),
        ["tree"] = new JsonObject { ["sha"] = commit.Tree, ["url"] = ObjectUrl(state, "trees", commit.Tree) },
        ["message"] = commit.Message,
        ["parents"] = new JsonArray([.. commit.Parents.Select(parent => new JsonObject
        {
            ["sha"] = parent,
            ["url"] = ObjectUrl(state, "commits", parent),
            ["html_url"] = $"{json.Page(state)}/commit/{parent}",
        })]),
        ["verification"] = new JsonObject
        {
            ["verified"] = false,
            ["reason"] = "unsigned",
            ["signature"] = null,
            ["payload"] = null,
            ["verified_at"] = null,
        },
    };

    /// <summary>A commit as the list of commits shows it, with the files that it changed.</summary>
    public JsonObject FullCommit(RepositoryState state, string sha, GitCommitObject commit, IEnumerable<GitTreeEntry> files)
    {
        var git = Commit(state, sha, commit);
        var address = $"{json.Api(state)}/commits/{sha}";
        return new JsonObject
        {
            ["sha"] = sha,
            ["node_id"] = git["node_id"]!.DeepClone(),
            ["url"] = address,
            ["html_url"] = $"{json.Page(state)}/commit/{sha}",
            ["comments_url"] = $"{address}/comments",
            ["commit"] = new JsonObject
            {
                ["url"] = ObjectUrl(state, "commits", sha),
                ["author"] = Identity(commit.Author),
                ["committer"] = Identity(commit.Committer),
                ["message"] = commit.Message,
                ["comment_count"] = 0,
                ["tree"] = git["tree"]!.DeepClone(),
                ["verification"] = git["verification"]!.DeepClone(),
            },
            ["author"] = null,
            ["committer"] = null,
            ["parents"] = git["parents"]!.DeepClone(),
            ["files"] = new JsonArray([.. files.Select(file => ChangedFile(state, sha, file))]),
        };
    }

    public JsonObject Branch(RepositoryState state, string name, string sha, GitCommitObject commit)
    {
        var address = $"{json.Api(state)}/branches/{Uri.EscapeDataString(name)}";
        return new JsonObject
        {
            ["name"] = name,
            ["commit"] = FullCommit(state, sha, commit, []),
            ["_links"] = new JsonObject { ["self"] = address, ["html"] = $"{json.Page(state)}/tree/{name}" },
            ["protected"] = false,
            ["protection"] = new JsonObject { ["enabled"] = false },
            ["protection_url"] = $"{address}/protection",
        };
    }

    public JsonObject Tree(RepositoryState state, string sha, IEnumerable<GitTreeEntry> entries) => new()
    {
        ["sha"] = sha,
        ["url"] = ObjectUrl(state, "trees", sha),
        ["tree"] = new JsonArray([.. entries.Select(entry => TreeEntry(state, entry))]),
        ["truncated"] = false,
    };

    public JsonObject NewBlob(RepositoryState state, string sha) =>
        new() { ["sha"] = sha, ["url"] = ObjectUrl(state, "blobs", sha) };

    public JsonObject Blob(RepositoryState state, GitObject blob)
    {
        var body = NewBlob(state, blob.Sha);
        body["node_id"] = RepositoryJson.NodeId("Blob", $"{state.Id}:{blob.Sha}");
        body["size"] = blob.Content.Length;
        body["content"] = Lines(blob.Content);
        body["encoding"] = "base64";
        return body;
    }

    /// <summary>A file or folder as the contents API lists it, without what is in it.</summary>
    public JsonObject Entry(RepositoryState state, GitTreeEntry entry, string reference)
    {
        var type = entry.Type == "tree" ? "dir" : "file";
        var address = $"{json.Api(state)}/contents/{entry.Path}?ref={reference}";
        var git = ObjectUrl(state, entry.Type == "tree" ? "trees" : "blobs", entry.Sha ?? "");
        var page = $"{json.Page(state)}/{(type == "dir" ? "tree" : "blob")}/{reference}/{entry.Path}";
        return new JsonObject
        {
            ["name"] = entry.Path.Split('/')[^1],
            ["path"] = entry.Path,
            ["sha"] = entry.Sha,
            ["size"] = entry.Size ?? 0,
            ["url"] = address,
            ["html_url"] = page,
            ["git_url"] = git,
            ["download_url"] = type == "dir" ? null : $"{json.Page(state)}/raw/{reference}/{entry.Path}",
            ["type"] = type,
            ["_links"] = new JsonObject { ["self"] = address, ["git"] = git, ["html"] = page },
        };
    }

    /// <summary>Base64 in lines of 60, as GitHub sends it.</summary>
    public static string Lines(byte[] content) =>
        string.Concat(Convert.ToBase64String(content).Chunk(60).Select(line => new string(line) + "\n"));

    private JsonObject ChangedFile(RepositoryState state, string commit, GitTreeEntry file) => new()
    {
        ["sha"] = file.Sha,
        ["filename"] = file.Path,
        ["status"] = "added",
        ["additions"] = 0,
        ["deletions"] = 0,
        ["changes"] = 0,
        ["blob_url"] = $"{json.Page(state)}/blob/{commit}/{file.Path}",
        ["raw_url"] = $"{json.Page(state)}/raw/{commit}/{file.Path}",
        ["contents_url"] = $"{json.Api(state)}/contents/{file.Path}?ref={commit}",
    };

    private JsonObject TreeEntry(RepositoryState state, GitTreeEntry entry)
    {
        var body = new JsonObject
        {
            ["path"] = entry.Path,
            ["mode"] = entry.Mode,
            ["type"] = entry.Type,
            ["sha"] = entry.Sha,
            ["url"] = ObjectUrl(state, entry.Type == "tree" ? "trees" : "blobs", entry.Sha ?? ""),
        };
        if (entry.Size is { } size)
        {
            body["size"] = size;
        }

        return body;
    }

    private static JsonObject Identity(GitIdentity identity) => new()
    {
        ["name"] = identity.Name,
        ["email"] = identity.Email,
        ["date"] = RepositoryJson.Date(identity.Date),
    };

    private string ObjectUrl(RepositoryState state, string kind, string sha) => $"{json.Api(state)}/git/{kind}/{sha}";
}
