using System.Globalization;
using System.Text.Json.Nodes;

namespace Idp.Sandbox.GitHub;

/// <summary>What is said in pull requests, by the address that GitHub has for it: every pull request is an issue as well.</summary>
internal sealed class CommentEndpoints(PullRequestKeeper keeper, RepositoryJson repositories, PullRequestJson pulls)
{
    private const int MaxBody = 65_536;
    private const string Documentation = "https://docs.github.com/rest/issues/comments#";

    public Reply Create(StoredRepository repository, string number, ApiCall call)
    {
        const string documentation = $"{Documentation}create-an-issue-comment";
        if (PullRequestKeeper.Find(repository, number) is not { } pull)
        {
            return Reply.NotFound(documentation);
        }

        if (Refusal(call, documentation) is { } refusal)
        {
            return refusal;
        }

        var comment = new StoredComment(
            repository.State.Pulls.LastId + 1, pull.Number, call.Member ?? PullRequestEndpoints.App, call.Json()!.Text("body")!, keeper.Now, keeper.Now);
        keeper.Change(repository, state => state with { LastId = comment.Id, Comments = [.. state.Comments, comment] });
        return new Reply(201, Json(repository.State, comment)) { Location = Url(repository.State, comment) };
    }

    public Reply List(StoredRepository repository, string number, ApiCall call) => PullRequestKeeper.Find(repository, number) is { } pull
        ? new Reply(200, new JsonArray([.. Paging.Cut([.. repository.State.Pulls.Comments.Where(comment => comment.Number == pull.Number)], call)
            .Select(comment => Json(repository.State, comment))]))
        : Reply.NotFound($"{Documentation}list-issue-comments");

    public Reply Show(StoredRepository repository, string id) => Find(repository, id) is { } comment
        ? new Reply(200, Json(repository.State, comment))
        : Reply.NotFound($"{Documentation}get-an-issue-comment");

    public Reply Update(StoredRepository repository, string id, ApiCall call)
    {
        const string documentation = $"{Documentation}update-an-issue-comment";
        if (Find(repository, id) is not { } comment)
        {
            return Reply.NotFound(documentation);
        }

        if (Refusal(call, documentation) is { } refusal)
        {
            return refusal;
        }

        var changed = comment with { Body = call.Json()!.Text("body")!, UpdatedAt = keeper.Now };
        keeper.Change(repository, state => state with { Comments = [.. state.Comments.Select(each => each == comment ? changed : each)] });
        return new Reply(200, Json(repository.State, changed));
    }

    public Reply Delete(StoredRepository repository, string id)
    {
        if (Find(repository, id) is not { } comment)
        {
            return Reply.NotFound($"{Documentation}delete-an-issue-comment");
        }

        keeper.Change(repository, state => state with { Comments = [.. state.Comments.Where(each => each != comment)] });
        return new Reply(204, null);
    }

    private static Reply? Refusal(ApiCall call, string documentation) => call.Json()?.Text("body") switch
    {
        null => Reply.Error(422, "Invalid request.\n\n\"body\" wasn't supplied.", documentation),
        "" => Reply.Error(422, "Validation Failed", documentation, Reply.Mistake("IssueComment", "body", "unprocessable", "Body cannot be blank")),
        { Length: > MaxBody } => Reply.Error(
            422,
            "Validation Failed",
            documentation,
            Reply.Mistake("IssueComment", "body", "unprocessable", $"Body is too long (maximum is {MaxBody} characters)")),
        _ => null,
    };

    private static StoredComment? Find(StoredRepository repository, string id) =>
        repository.State.Pulls.Comments.FirstOrDefault(comment => comment.Id.ToString(CultureInfo.InvariantCulture) == id);

    private JsonObject Json(RepositoryState state, StoredComment comment) => new()
    {
        ["id"] = comment.Id,
        ["node_id"] = RepositoryJson.NodeId("IssueComment", string.Create(CultureInfo.InvariantCulture, $"{state.Id}:{comment.Id}")),
        ["url"] = Url(state, comment),
        ["html_url"] = $"{repositories.Page(state)}/pull/{comment.Number}#issuecomment-{comment.Id}",
        ["issue_url"] = $"{repositories.Api(state)}/issues/{comment.Number}",
        ["body"] = comment.Body,
        ["user"] = pulls.Actor(comment.Author),
        ["author_association"] = PullRequestJson.Association(comment.Author),
        ["created_at"] = RepositoryJson.Date(comment.CreatedAt),
        ["updated_at"] = RepositoryJson.Date(comment.UpdatedAt),
        ["performed_via_github_app"] = null,
    };

    private string Url(RepositoryState state, StoredComment comment) => $"{repositories.Api(state)}/issues/comments/{comment.Id}";
}
