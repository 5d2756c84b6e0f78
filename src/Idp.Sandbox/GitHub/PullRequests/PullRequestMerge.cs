using System.Text.Json.Nodes;

namespace Idp.Sandbox.GitHub;

/// <summary>Merges pull requests, in the three ways that GitHub has.</summary>
internal sealed class PullRequestMerge(RepositoryStore store, PullRequestKeeper keeper)
{
    private const string Documentation = "https://docs.github.com/rest/pulls/pulls#merge-a-pull-request";
    private static readonly GitIdentity GitHub = new("GitHub", "noreply@github.com", DateTimeOffset.UnixEpoch);

    /// <summary>Makes the commit of a merge that nobody sees, to find out whether it could be; null where it could not.</summary>
    public static string? Try(GitRepository git, StoredPullRequest pull, DateTimeOffset now) =>
        git.MergedTree(pull.BaseSha, pull.HeadSha) is { } tree
            ? Commit(git, tree, [pull.BaseSha, pull.HeadSha], GitHub with { Date = now }, $"Merge {pull.HeadSha} into {pull.BaseSha}")
            : null;

    public static Reply ShowMerged(StoredRepository repository, string number) =>
        PullRequestKeeper.Find(repository, number) is { IsMerged: true }
            ? new Reply(204, null)
            : Reply.NotFound("https://docs.github.com/rest/pulls/pulls#check-if-a-pull-request-has-been-merged");

    public Reply Merge(StoredRepository repository, string number, ApiCall call)
    {
        if (PullRequestKeeper.Find(repository, number) is not { } pull)
        {
            return Reply.NotFound(Documentation);
        }

        var body = call.Json() ?? [];
        var method = body.Text("merge_method") ?? "merge";
        if (Refusal(repository, pull, body, method) is { } refusal)
        {
            return refusal;
        }

        var person = new GitIdentity(call.Member ?? PullRequestEndpoints.App, $"{call.Member ?? "app"}@users.noreply.github.com", keeper.Now);
        if (Commit(repository.Git, pull, method, body, person) is not { } sha)
        {
            return Reply.Error(405, "Pull Request is not mergeable", Documentation);
        }

        repository.Git.UpdateRef(pull.BaseRef, sha, pull.BaseSha);
        keeper.Close(repository, pull, sha, person.Name);
        if (repository.State.Switches.GetValueOrDefault("delete_branch_on_merge"))
        {
            repository.Git.UpdateRef(pull.HeadRef, GitRepository.NoSha, pull.HeadSha);
        }

        store.Change(repository, repository.State with { PushedAt = keeper.Now });
        return new Reply(200, new JsonObject { ["sha"] = sha, ["merged"] = true, ["message"] = "Pull Request successfully merged" });
    }

    private static Reply? Refusal(StoredRepository repository, StoredPullRequest pull, JsonObject body, string method)
    {
        var (setting, name) = method switch
        {
            "squash" => ("allow_squash_merge", "Squash merges"),
            "rebase" => ("allow_rebase_merge", "Rebase merges"),
            _ => ("allow_merge_commit", "Merge commits"),
        };
        return pull switch
        {
            { IsOpen: false } => Reply.Error(405, "Pull Request is not mergeable", Documentation),
            { Draft: true } => Reply.Error(405, "Pull Request is still a draft", Documentation),
            _ when body.Text("sha") is { } expected && expected != pull.HeadSha =>
                Reply.Error(409, "Head branch was modified. Review and try the merge again.", Documentation),
            _ when !repository.State.Switches.GetValueOrDefault(setting, true) =>
                Reply.Error(405, $"{name} are not allowed on this repository.", Documentation),
            _ => null,
        };
    }

    /// <summary>Makes the commit, or commits, and returns the last one; null where there is a conflict.</summary>
    private static string? Commit(GitRepository git, StoredPullRequest pull, string method, JsonObject body, GitIdentity person)
    {
        if (method == "rebase")
        {
            return Rebase(git, pull, person);
        }

        if (git.MergedTree(pull.BaseSha, pull.HeadSha) is not { } tree)
        {
            return null;
        }

        var isSquash = method == "squash";
        var title = body.Text("commit_title") ?? (isSquash ? $"{pull.Title} (#{pull.Number})" : $"Merge pull request #{pull.Number} from {pull.Head}");
        var text = body.Text("commit_message") ?? (isSquash ? "" : pull.Title);
        var message = text.Length == 0 ? title : $"{title}\n\n{text}";
        return Commit(git, tree, isSquash ? [pull.BaseSha] : [pull.BaseSha, pull.HeadSha], person, message);
    }

    private static string? Rebase(GitRepository git, StoredPullRequest pull, GitIdentity person)
    {
        var last = pull.BaseSha;
        foreach (var sha in git.CommitsBetween(pull.BaseSha, pull.HeadSha))
        {
            if (git.PickedTree(sha, last) is not { } tree)
            {
                return null;
            }

            var picked = GitCommitObject.Parse(git.Read(sha)!.Content);
            last = git.Write("commit", (picked with { Tree = tree, Parents = [last], Committer = person }).ToBytes());
        }

        return last;
    }

    private static string Commit(GitRepository git, string tree, IReadOnlyList<string> parents, GitIdentity person, string message) =>
        git.Write("commit", new GitCommitObject(tree, parents, person, GitHub with { Date = person.Date }, message).ToBytes());
}
