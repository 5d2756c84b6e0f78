using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Idp.Sandbox.GitHub;

/// <summary>What people do in the repositories of a <see cref="GitHubServer"/>: it asks for no token, and counts for no limit and in no log.</summary>
public sealed class GitHubPeople
{
    /// <summary>Who does it, where nobody else is named.</summary>
    public const string Ada = "ada";

    private readonly RepositoryStore _store;
    private readonly ApiRouter _router;
    private readonly PullRequestKeeper _keeper;
    private readonly Action<string[]> _touch;

    internal GitHubPeople(RepositoryStore store, ApiRouter router, PullRequestKeeper keeper, Action<string[]> touch)
    {
        _store = store;
        _router = router;
        _keeper = keeper;
        _touch = touch;
    }

    /// <summary>Returns the pull requests of a repository, such as <c>acme/orders</c>, the oldest first.</summary>
    public IReadOnlyList<GitHubServerPullRequest> PullRequests(string repository) =>
        [.. Find(repository).State.Pulls.PullRequests.Select(GitHubServerPullRequest.Of)];

    /// <summary>Where a reference stands, such as <c>refs/heads/main</c>; null where there is none.</summary>
    public string? Head(string repository, string reference) =>
        Find(repository).Git.Refs(reference).FirstOrDefault(known => known.Name == reference).Sha;

    /// <summary>Opens a pull request and returns its number.</summary>
    public async Task<int> OpenAsync(string repository, string head, string target, string title, string login = Ada)
    {
        var reply = await AskAsync("POST", repository, ["pulls"], login, new JsonObject { ["title"] = title, ["head"] = head, ["base"] = target });
        return reply.Body!["number"]!.GetValue<int>();
    }

    /// <summary>Merges a pull request and returns the commit that did.</summary>
    public async Task<string> MergeAsync(string repository, int number, GitHubMergeMethod method = GitHubMergeMethod.Merge, string login = Ada)
    {
        var body = new JsonObject { ["merge_method"] = method.ToString().ToLowerInvariant() };
        return (await AskAsync("PUT", repository, ["pulls", $"{number}", "merge"], login, body)).Body!["sha"]!.ToString();
    }

    /// <summary>Closes a pull request without merging it.</summary>
    public Task CloseAsync(string repository, int number, string login = Ada) =>
        AskAsync("PATCH", repository, ["pulls", $"{number}"], login, new JsonObject { ["state"] = "closed" });

    /// <summary>Opens a closed one again.</summary>
    public Task ReopenAsync(string repository, int number, string login = Ada) =>
        AskAsync("PATCH", repository, ["pulls", $"{number}"], login, new JsonObject { ["state"] = "open" });

    /// <summary>Says as a workflow does what came of a check: <c>success</c>, <c>failure</c> and so on; null while it still runs.</summary>
    public Task CheckAsync(string repository, string sha, string name, string? conclusion)
    {
        var body = new JsonObject { ["name"] = name, ["head_sha"] = sha, ["status"] = conclusion is null ? "in_progress" : "completed" };
        if (conclusion is not null)
        {
            body["conclusion"] = conclusion;
        }

        return AskAsync("POST", repository, ["check-runs"], "github-actions[bot]", body);
    }

    /// <summary>Says as a service does by a commit status: <c>pending</c>, <c>success</c>, <c>failure</c> or <c>error</c>.</summary>
    public Task StatusAsync(string repository, string sha, string context, string state) =>
        AskAsync("POST", repository, ["statuses", sha], Ada, new JsonObject { ["state"] = state, ["context"] = context });

    /// <summary>Pushes one commit to a branch, which begins where the default branch stands if there is none; returns the commit.</summary>
    public Task<string> CommitAsync(string repository, GitHubPersonCommit commit) => InTurnAsync(repository, found =>
    {
        var branch = commit.Branch ?? found.State.DefaultBranch;
        var head = PullRequestKeeper.HeadOf(found, branch);
        var parent = head ?? PullRequestKeeper.HeadOf(found, found.State.DefaultBranch);
        var person = new GitIdentity(commit.Login, $"{commit.Login}@acme.dev", commit.Date ?? _keeper.Now);
        var tree = found.Git.WriteChange(parent, [.. commit.Files.Select(file => new GitTreeEntry(
            file.Path, file.Mode, "blob", file.Content is { } content ? found.Git.Write("blob", content) : GitRepository.NoSha))]);
        var made = new GitCommitObject(tree, parent is null ? [] : [parent], person, person, commit.Message);
        var sha = found.Git.Write("commit", made.ToBytes());
        found.Git.UpdateRef($"refs/heads/{branch}", sha, head ?? GitRepository.NoSha);
        return sha;
    });

    /// <summary>Deletes a branch.</summary>
    public Task DeleteBranchAsync(string repository, string branch) => InTurnAsync(repository, found =>
        found.Git.UpdateRef($"refs/heads/{branch}", GitRepository.NoSha, PullRequestKeeper.HeadOf(found, branch) ?? GitRepository.NoSha));

    private async Task<Reply> AskAsync(string method, string repository, string[] rest, string login, JsonObject body)
    {
        var call = new ApiCall(method, ["repos", .. repository.Split('/'), .. rest], new QueryCollection(), Encoding.UTF8.GetBytes(body.ToJsonString()))
        {
            Member = login,
        };
        var reply = await _router.Find(call).Run(CancellationToken.None);
        _touch(call.Segments);
        return reply.Status < 300
            ? reply
            : throw new InvalidOperationException($"{method} {string.Join('/', call.Segments)}: {reply.Status} {reply.Body?.ToJsonString()}");
    }

    private async Task<T> InTurnAsync<T>(string repository, Func<StoredRepository, T> work)
    {
        var found = Find(repository);
        await found.Turn.WaitAsync(CancellationToken.None);
        try
        {
            var done = work(found);
            _keeper.Settle(found);
            return done;
        }
        finally
        {
            found.Turn.Release();
            _touch(["repos", .. repository.Split('/')]);
        }
    }

    private StoredRepository Find(string repository) => repository.Split('/') is [var owner, var name] && _store.Find(owner, name) is { } found
        ? found
        : throw new InvalidOperationException($"There is no repository {repository}.");
}

/// <summary>A pull request as the server has it.</summary>
public sealed record GitHubServerPullRequest
{
    /// <summary>Its number.</summary>
    public required int Number { get; init; }

    /// <summary>Whether it is open.</summary>
    public required bool IsOpen { get; init; }

    /// <summary>Whether it was merged.</summary>
    public required bool IsMerged { get; init; }

    /// <summary>Its title.</summary>
    public required string Title { get; init; }

    /// <summary>Its text.</summary>
    public required string Body { get; init; }

    /// <summary>The branch that is to be taken over.</summary>
    public required string Head { get; init; }

    /// <summary>Where that stands.</summary>
    public required string HeadSha { get; init; }

    /// <summary>The branch that is to take it over.</summary>
    public required string Base { get; init; }

    /// <summary>The login of who opened it.</summary>
    public required string Author { get; init; }

    internal static GitHubServerPullRequest Of(StoredPullRequest pull) => new()
    {
        Number = pull.Number,
        IsOpen = pull.IsOpen,
        IsMerged = pull.IsMerged,
        Title = pull.Title,
        Body = pull.Body ?? "",
        Head = pull.Head,
        HeadSha = pull.HeadSha,
        Base = pull.Base,
        Author = pull.Author,
    };
}

/// <summary>One commit of a person's.</summary>
public sealed record GitHubPersonCommit
{
    /// <summary>The branch; null for the default branch.</summary>
    public string? Branch { get; init; }

    /// <summary>Who.</summary>
    public string Login { get; init; } = GitHubPeople.Ada;

    /// <summary>When; null for now.</summary>
    public DateTimeOffset? Date { get; init; }

    /// <summary>The message.</summary>
    public string Message { get; init; } = "Change";

    /// <summary>The files that are written or deleted; all others stay.</summary>
    public required IReadOnlyList<GitHubPersonFile> Files { get; init; }
}

/// <summary>One file of a person's commit.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Content">Its bytes, which of a symbolic link are where to; null deletes it.</param>
/// <param name="Mode">Git's mode: <c>100644</c>, <c>100755</c> or <c>120000</c>.</param>
public sealed record GitHubPersonFile(string Path, byte[]? Content, string Mode = "100644")
{
    /// <summary>A file of text.</summary>
    public static GitHubPersonFile Text(string path, string text) => new(path, Encoding.UTF8.GetBytes(text));
}

/// <summary>How a pull request is merged.</summary>
public enum GitHubMergeMethod
{
    /// <summary>By a commit with two parents.</summary>
    Merge,

    /// <summary>By one commit with all that was changed.</summary>
    Squash,

    /// <summary>Each of its commits on top of the base.</summary>
    Rebase,
}
