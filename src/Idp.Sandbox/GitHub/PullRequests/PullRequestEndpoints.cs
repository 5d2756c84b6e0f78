using System.Text.Json.Nodes;

namespace Idp.Sandbox.GitHub;

/// <summary>Pull requests: make, list, show, change.</summary>
internal sealed class PullRequestEndpoints(PullRequestKeeper keeper, PullRequestJson json)
{
    /// <summary>Who asks without being a person.</summary>
    public const string App = "idp-operator[bot]";

    private const int MaxTitle = 256;
    private const int MaxBody = 65_536;
    private const string Documentation = "https://docs.github.com/rest/pulls/pulls#";
    private const string CreateDocumentation = $"{Documentation}create-a-pull-request";
    private const string UpdateDocumentation = $"{Documentation}update-a-pull-request";

    public Reply Create(StoredRepository repository, ApiCall call)
    {
        if (call.Json() is not { } body)
        {
            return Reply.Error(400, "Problems parsing JSON", CreateDocumentation);
        }

        foreach (var name in (string[])["title", "head", "base"])
        {
            if (body.Text(name) is null)
            {
                return Reply.Error(422, $"Invalid request.\n\n\"{name}\" wasn't supplied.", CreateDocumentation);
            }
        }

        var (head, target) = (BranchOf(repository, body.Text("head")!), body.Text("base")!);
        if ((TextRefusal(body, CreateDocumentation) ?? Refusal(repository, head, target)) is { } refusal)
        {
            return refusal;
        }

        var made = new StoredPullRequest
        {
            Number = repository.State.Pulls.LastNumber + 1,
            Title = body.Text("title")!,
            Body = body.Text("body"),
            Head = head!,
            HeadSha = PullRequestKeeper.HeadOf(repository, head!)!,
            Base = target,
            BaseSha = PullRequestKeeper.HeadOf(repository, target)!,
            Draft = body.Flag("draft") is true,
            Author = call.Member ?? App,
            CreatedAt = keeper.Now,
            UpdatedAt = keeper.Now,
        };
        keeper.Add(repository, made);
        return new Reply(201, json.Full(repository, made)) { Location = json.Url(repository.State, made) };
    }

    public Reply List(StoredRepository repository, ApiCall call)
    {
        var (sort, direction) = ((string?)call.Query["sort"] ?? "created", (string?)call.Query["direction"]);
        var found = repository.State.Pulls.PullRequests
            .Where(each => (string?)call.Query["state"] switch
            {
                "all" => true,
                "closed" => !each.IsOpen,
                _ => each.IsOpen,
            })
            .Where(each => (string?)call.Query["base"] is not { Length: > 0 } target || each.Base == target)

            // Without an owner before it, GitHub takes no notice of the filter.
            .Where(each => (string?)call.Query["head"] is not { } head
                || !head.Contains(':', StringComparison.Ordinal)
                || BranchOf(repository, head) == each.Head)
            .OrderBy(each => sort == "updated" ? each.UpdatedAt : each.CreatedAt).ThenBy(each => each.Number).ToList();
        if (direction == "desc" || (direction is null && sort == "created"))
        {
            found.Reverse();
        }

        return new Reply(200, new JsonArray([.. Paging.Cut(found, call).Select(each => json.Simple(repository, each))]));
    }

    /// <summary>Shows one. Whether it can be merged GitHub finds out only when somebody asks, and says it to who asks again.</summary>
    public Reply Show(StoredRepository repository, string number)
    {
        if (PullRequestKeeper.Find(repository, number) is not { } pull)
        {
            return Reply.NotFound($"{Documentation}get-a-pull-request");
        }

        var shown = json.Full(repository, pull);
        if (pull is { IsOpen: true, Mergeable: null })
        {
            var trial = PullRequestMerge.Try(repository.Git, pull, keeper.Now);
            keeper.Put(repository, pull with { Mergeable = trial is not null, MergeCommit = trial }, happened: null);
        }

        return new Reply(200, shown);
    }

    public Reply Update(StoredRepository repository, string number, ApiCall call)
    {
        if (PullRequestKeeper.Find(repository, number) is not { } pull)
        {
            return Reply.NotFound(UpdateDocumentation);
        }

        if (call.Json() is not { } body)
        {
            return Reply.Error(400, "Problems parsing JSON", UpdateDocumentation);
        }

        var state = body.Text("state");
        if ((TextRefusal(body, UpdateDocumentation) ?? StateRefusal(repository, pull, state)) is { } refusal)
        {
            return refusal;
        }

        var changed = pull with { Title = body.Text("title") ?? pull.Title, Body = body.ContainsKey("body") ? body.Text("body") : pull.Body };
        if (changed != pull)
        {
            changed = keeper.Put(repository, changed, "edited");
        }

        changed = state switch
        {
            "closed" when changed.IsOpen => keeper.Close(repository, changed),
            "open" when !changed.IsOpen => Reopen(repository, changed),
            _ => changed,
        };
        return new Reply(200, json.Full(repository, changed));
    }

    private StoredPullRequest Reopen(StoredRepository repository, StoredPullRequest pull) => keeper.Put(
        repository,
        pull with
        {
            IsOpen = true,
            ClosedAt = null,
            HeadSha = PullRequestKeeper.HeadOf(repository, pull.Head)!,
            BaseSha = PullRequestKeeper.HeadOf(repository, pull.Base)!,
            Mergeable = null,
            MergeCommit = null,
        },
        "reopened");

    private static Reply? Refusal(StoredRepository repository, string? head, string target)
    {
        if (PullRequestKeeper.HeadOf(repository, target) is not { } baseSha)
        {
            return Invalid(Reply.Mistake("PullRequest", "base", "invalid"), CreateDocumentation);
        }

        if (head is null || PullRequestKeeper.HeadOf(repository, head) is not { } headSha)
        {
            return Invalid(Reply.Mistake("PullRequest", "head", "invalid"), CreateDocumentation);
        }

        var git = repository.Git;
        var why = repository.State.Pulls.PullRequests.Any(each => each.IsOpen && each.Head == head && each.Base == target)
                ? $"A pull request already exists for {repository.State.Owner}:{head}."
            : git.IsAncestor(headSha, baseSha) ? $"No commits between {target} and {head}"
            : git.MergeBase(baseSha, headSha) is null ? $"The {head} branch has no history in common with {target}"
            : null;
        return why is null ? null : Invalid(Custom(why), CreateDocumentation);
    }

    private static Reply? StateRefusal(StoredRepository repository, StoredPullRequest pull, string? state)
    {
        if (state is not (null or "open" or "closed"))
        {
            return Invalid(Reply.Mistake("PullRequest", "state", "invalid"), UpdateDocumentation);
        }

        if (state != "open" || pull.IsOpen)
        {
            return null;
        }

        var head = PullRequestKeeper.HeadOf(repository, pull.Head);
        var why = pull.IsMerged ? "The pull request cannot be reopened."
            : head is null ? $"The {pull.Head} branch has been deleted."
            : PullRequestKeeper.HeadOf(repository, pull.Base) is not { } target ? $"The {pull.Base} branch has been deleted."
            : repository.State.Pulls.PullRequests.Any(each => each.IsOpen && each.Head == pull.Head && each.Base == pull.Base)
                ? $"There is already an open pull request from {repository.State.Owner}:{pull.Head} to {pull.Base}."
            : !repository.Git.IsAncestor(pull.HeadSha, head) ? $"The {pull.Head} branch was force-pushed or recreated."
            : repository.Git.IsAncestor(head, target) ? $"There are no new commits on the {pull.Head} branch."
            : null;
        return why is null
            ? null
            : Invalid(Reply.Mistake("PullRequest", "state", "invalid", $"state cannot be changed. {why}"), UpdateDocumentation);
    }

    private static Reply? TextRefusal(JsonObject body, string documentation) => (body.Text("title"), body.Text("body")) switch
    {
        ("", _) => Invalid(Reply.Mistake("PullRequest", "title", "missing_field"), documentation),
        ({ Length: > MaxTitle }, _) => Invalid(TooLong("title", MaxTitle), documentation),
        (_, { Length: > MaxBody }) => Invalid(TooLong("body", MaxBody), documentation),
        _ => null,
    };

    private static JsonObject TooLong(string field, int limit) =>
        Reply.Mistake("PullRequest", field, "custom", $"{field} is too long (maximum is {limit} characters)");

    // OWNER:BRANCH, where the owner of another repository's branch is nobody here; or the branch alone.
    private static string? BranchOf(StoredRepository repository, string head) => head.Split(':', 2) switch
    {
        [var owner, var branch] => owner.Equals(repository.State.Owner, StringComparison.OrdinalIgnoreCase) ? branch : null,
        _ => head,
    };

    private static JsonObject Custom(string message) => new() { ["resource"] = "PullRequest", ["code"] = "custom", ["message"] = message };

    private static Reply Invalid(JsonObject mistake, string documentation) => Reply.Error(422, "Validation Failed", documentation, mistake);
}
