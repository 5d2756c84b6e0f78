using System.Text;
using System.Text.Json.Nodes;

namespace Idp.Sandbox.GitHub;

/// <summary>Blobs, trees and commits: store and show.</summary>
internal sealed class ObjectEndpoints(GitJson json, TimeProvider clock)
{
    private const string Documentation = "https://docs.github.com/rest/git/";

    public async Task<Reply> CreateBlobAsync(
        StoredRepository repository, ApiCall call, CancellationToken cancellationToken)
    {
        var body = call.Json();
        if (body?.Text("content") is not { } text)
        {
            return Reply.Error(
                422, "Invalid request.\n\n\"content\" wasn't supplied.", $"{Documentation}blobs#create-a-blob");
        }

        if (Decode(text, body.Text("encoding") ?? "utf-8") is not { } content)
        {
            return Reply.Error(422, "content is not valid Base64", $"{Documentation}blobs#create-a-blob");
        }

        var sha = await repository.Git.WriteAsync("blob", content, cancellationToken);
        return new Reply(201, json.NewBlob(repository.State, sha));
    }

    public async Task<Reply> ShowBlobAsync(
        StoredRepository repository, string sha, CancellationToken cancellationToken) =>
        await repository.Git.ReadAsync(sha, cancellationToken) is { Type: "blob" } blob
            ? new Reply(200, json.Blob(repository.State, blob))
            : Reply.NotFound($"{Documentation}blobs#get-a-blob");

    public async Task<Reply> CreateTreeAsync(
        StoredRepository repository, ApiCall call, CancellationToken cancellationToken)
    {
        const string documentation = $"{Documentation}trees#create-a-tree";
        var body = call.Json();
        var items = (body?["tree"] as JsonArray)?.OfType<JsonObject>().ToList() ?? [];
        if (items.Count == 0 || items.Any(item => !IsTreeItem(item)))
        {
            return Reply.Error(422, "Invalid tree info", documentation);
        }

        if (items.Any(item => !GitRepository.IsPath(item.Text("path") ?? "")))
        {
            return Reply.Error(422, "tree contains a malformed path", documentation);
        }

        var known = items.Select(item => item.Text("sha")).OfType<string>().ToList();
        if ((await repository.Git.ReadAsync(known, cancellationToken)).Any(found => found is null))
        {
            return Reply.Error(422, "tree.sha does not exist", documentation);
        }

        var entries = await EntriesAsync(repository, items, cancellationToken);
        var sha = await repository.Git.WriteTreeAsync(body?.Text("base_tree"), entries, cancellationToken);
        var listed = await repository.Git.ListTreeAsync(sha, recursive: false, cancellationToken);
        return new Reply(201, json.Tree(repository.State, sha, listed));
    }

    public async Task<Reply> ShowTreeAsync(
        StoredRepository repository, string sha, bool recursive, CancellationToken cancellationToken)
    {
        var tree = await repository.Git.ReadAsync($"{sha}^{{tree}}", cancellationToken);
        if (tree is null)
        {
            return Reply.NotFound($"{Documentation}trees#get-a-tree");
        }

        var listed = await repository.Git.ListTreeAsync(tree.Sha, recursive, cancellationToken);
        return new Reply(200, json.Tree(repository.State, tree.Sha, listed));
    }

    public async Task<Reply> CreateCommitAsync(
        StoredRepository repository, ApiCall call, CancellationToken cancellationToken)
    {
        const string documentation = $"{Documentation}commits#create-a-commit";
        var body = call.Json();
        if (body?.Text("message") is not { } message || body.Text("tree") is not { } tree)
        {
            return Reply.Error(422, "Invalid request.\n\n\"message\" and \"tree\" have to be supplied.", documentation);
        }

        var parents = (body["parents"] as JsonArray)?.Select(parent => parent?.ToString() ?? "").ToList() ?? [];
        var found = await repository.Git.ReadAsync([tree, .. parents], cancellationToken);
        if (found[0] is not { Type: "tree" })
        {
            return Reply.Error(422, "Tree SHA does not exist", documentation);
        }

        if (found.Skip(1).Any(parent => parent is not { Type: "commit" }))
        {
            return Reply.Error(422, "Parent SHA does not exist or is not a commit object", documentation);
        }

        var author = Identity(body["author"] as JsonObject, clock.GetUtcNow());
        var committer = body["committer"] is JsonObject person ? Identity(person, author.Date) : author;
        var commit = new GitCommitObject(tree, parents, author, committer, message);
        var sha = await repository.Git.WriteAsync("commit", commit.ToBytes(), cancellationToken);
        return new Reply(201, json.Commit(repository.State, sha, commit));
    }

    public async Task<Reply> ShowCommitAsync(
        StoredRepository repository, string sha, CancellationToken cancellationToken) =>
        await repository.Git.ReadAsync(sha, cancellationToken) is { Type: "commit" } commit
            ? new Reply(200, json.Commit(repository.State, commit.Sha, GitCommitObject.Parse(commit.Content)))
            : Reply.NotFound($"{Documentation}commits#get-a-commit-object");

    /// <summary>Who the request says made the commit; without a word of it, the owner of the token, now.</summary>
    public static GitIdentity Identity(JsonObject? person, DateTimeOffset now) => new(
        person?.Text("name") ?? "sandbox",
        person?.Text("email") ?? "sandbox@users.noreply.github.example",
        DateTimeOffset.TryParse(
            person?.Text("date"), System.Globalization.CultureInfo.InvariantCulture, out var date) ? date : now);

    /// <summary>Returns the bytes, or null if the text is not what the encoding says.</summary>
    public static byte[]? Decode(string text, string encoding)
    {
        if (encoding != "base64")
        {
            return Encoding.UTF8.GetBytes(text);
        }

        var buffer = new byte[text.Length];
        return Convert.TryFromBase64String(text, buffer, out var length) ? buffer[..length] : null;
    }

    private static bool IsTreeItem(JsonObject item) =>
        item.Text("path") is { Length: > 0 }
        && item.Text("mode") is "100644" or "100755" or "040000" or "160000" or "120000"
        && !(item.ContainsKey("sha") && item.ContainsKey("content"))
        && (item.ContainsKey("sha") || item.Text("content") is not null);

    private static async Task<List<GitTreeEntry>> EntriesAsync(
        StoredRepository repository, List<JsonObject> items, CancellationToken cancellationToken)
    {
        var texts = items.Select(item => item.Text("content")).OfType<string>();
        var contents = texts.Select(Encoding.UTF8.GetBytes).ToList();
        var blobs = new Queue<string>(await repository.Git.WriteBlobsAsync(contents, cancellationToken));
        return [.. items.Select(item => new GitTreeEntry(
            item.Text("path") ?? "",
            item.Text("mode") ?? "",
            item.Text("type") ?? "blob",
            item.Text("content") is null ? item.Text("sha") : blobs.Dequeue()))];
    }
}
