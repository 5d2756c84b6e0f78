using System.Text.Json.Nodes;

namespace Idp.Sandbox.GitHub;

/// <summary>Blobs, trees and commits: show.</summary>
internal sealed class ObjectEndpoints(GitJson json)
{
    private const string Documentation = "https://docs.github.com/rest/git/";

    public Reply ShowBlob(StoredRepository repository, string sha) => repository.Git.Read(sha) is { Type: "blob" } blob
        ? new Reply(200, json.Blob(repository.State, blob))
        : Reply.NotFound($"{Documentation}blobs#get-a-blob");

    public Reply ShowTree(StoredRepository repository, string sha, bool recursive) => repository.Git.Read($"{sha}^{{tree}}") is { } tree
        ? new Reply(200, json.Tree(repository.State, tree.Sha, repository.Git.ListTree(tree.Sha, recursive)))
        : Reply.NotFound($"{Documentation}trees#get-a-tree");

    public Reply ShowCommit(StoredRepository repository, string sha) => repository.Git.Read(sha) is { Type: "commit" } commit
        ? new Reply(200, json.Commit(repository.State, commit.Sha, GitCommitObject.Parse(commit.Content)))
        : Reply.NotFound($"{Documentation}commits#get-a-commit-object");

    /// <summary>Who the request says made the commit; without a word of it, the owner of the token, now.</summary>
    public static GitIdentity Identity(JsonObject? person, DateTimeOffset now) => new(
        person?.Text("name") ?? "sandbox",
        person?.Text("email") ?? "sandbox@users.noreply.github.example",
        DateTimeOffset.TryParse(
            person?.Text("date"), System.Globalization.CultureInfo.InvariantCulture, out var date) ? date : now);

    /// <summary>Returns the bytes that a text in Base64 says, or null if it is none.</summary>
    public static byte[]? Decode(string text)
    {
        var buffer = new byte[text.Length];
        return Convert.TryFromBase64String(text, buffer, out var length) ? buffer[..length] : null;
    }
}
