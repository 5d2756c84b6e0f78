using System.Globalization;

namespace Idp.Sandbox.GitHub;

/// <summary>Finds out what a request wants, and does it when the repository's turn has come.</summary>
internal sealed class ApiRouter(
    RepositoryStore store,
    RepositoryEndpoints repositories,
    RefEndpoints refs,
    ObjectEndpoints objects,
    ContentsEndpoints contents)
{
    /// <summary>What is beyond files and settings.</summary>
    public required AdministrationRoutes Administration { get; init; }

    /// <summary>Pull requests, and what is said of commits.</summary>
    public required PullRequestRoutes PullRequests { get; init; }

    /// <summary>Keeps pull requests in step with their branches.</summary>
    public required PullRequestKeeper Keeper { get; init; }

    /// <summary>Repositories from templates.</summary>
    public required TemplateEndpoints Templates { get; init; }

    /// <summary>Says what it is and returns what to do about it.</summary>
    public Route Find(ApiCall call) => call.Segments switch
    {
        ["orgs", var owner, "repos"] when call.Method == "POST" =>
            new Route("create_repository", _ => Task.FromResult(repositories.Create(owner, call))),
        ["orgs", var owner, "teams"] when call.Method == "POST" =>
            new Route("create_team", _ => Task.FromResult(Administration.Teams.Create(owner, call))),
        ["orgs", var owner, "teams", var slug] when call.Method == "GET" =>
            new Route("get_team", _ => Task.FromResult(Administration.Teams.Show(owner, slug))),
        ["orgs", _, "teams", var slug, "repos", var owner, var name] =>
            OfRepository(store.Find(owner, name), null, Administration.ChooseTeam(call.Method, slug), [], call),
        ["repos", var owner, var name, .. var rest] =>
            OfRepository(store.Find(owner, name), $"{owner}/{name}", Choose(call, rest), rest, call),
        ["repositories", var id, .. var rest] when long.TryParse(
            id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) =>
            OfRepository(store.Find(number), null, Choose(call, rest), rest, call),
        _ => Route.Unknown,
    };

    private Route OfRepository(
        StoredRepository? repository,
        string? askedName,
        (string Operation, RepositoryHandler? Handler) choice,
        string[] rest,
        ApiCall call)
    {
        var (operation, handler) = choice;
        if (handler is null)
        {
            return Route.Unknown;
        }

        if (repository is null)
        {
            return new Route(operation, _ => Task.FromResult(Reply.NotFound()));
        }

        var moved = askedName is not null
            && !string.Equals(askedName, repository.State.FullName, StringComparison.OrdinalIgnoreCase);
        return moved
            ? new Route(operation, _ => Task.FromResult(Moved(repository, rest, call)))
            : new Route(operation, token => InTurnAsync(repository, handler, call, token));
    }

    private (string Operation, RepositoryHandler? Handler) Choose(ApiCall call, string[] rest) => (call.Method, rest) switch
    {
        ("GET", []) => ("get_repository", (repository, _, _) => Task.FromResult(repositories.Show(repository))),
        ("PATCH", []) => ("update_repository", (repository, patch, _) => Task.FromResult(repositories.Update(repository, patch))),
        ("DELETE", []) => ("delete_repository", (repository, _, _) => Task.FromResult(repositories.Delete(repository))),
        ("POST", ["generate"]) => ("generate_repository", (repository, post, _) => Task.FromResult(Templates.Generate(repository, post))),
        ("GET", ["topics"]) => ("get_topics", (repository, _, _) =>
            Task.FromResult(RepositoryEndpoints.ShowTopics(repository))),
        ("PUT", ["topics"]) => ("replace_topics", (repository, put, _) =>
            Task.FromResult(repositories.ReplaceTopics(repository, put))),
        ("GET", ["contents", .. var path]) => ("get_contents", (repository, get, _) =>
            Task.FromResult(contents.Show(repository, string.Join('/', path), get))),
        ("PUT", ["contents", .. var path]) => ("put_contents", (repository, put, _) =>
            Task.FromResult(contents.Put(repository, string.Join('/', path), put))),
        ("GET", ["branches", var name]) => ("get_branch", (repository, _, _) => Task.FromResult(refs.ShowBranch(repository, name))),
        ("GET", ["commits", var name]) => ("get_head_commit", (repository, _, _) => Task.FromResult(refs.ShowCommit(repository, name))),
        (_, ["git", .. var git]) => ChooseGit(call.Method, git),
        _ => PullRequests.Choose(call, rest) ?? Administration.Choose(call, rest),
    };

    private (string Operation, RepositoryHandler? Handler) ChooseGit(string method, string[] rest) => (method, rest) switch
    {
        ("GET", ["ref", .. var name]) => ("get_ref", Git((repository, _) => refs.Show(repository, string.Join('/', name)))),
        ("GET", ["blobs", var sha]) => ("get_blob", Git((repository, _) => objects.ShowBlob(repository, sha))),
        ("GET", ["trees", var sha]) => ("get_tree", Git((repository, call) =>
            objects.ShowTree(repository, sha, call.Query.ContainsKey("recursive")))),
        ("GET", ["commits", var sha]) => ("get_commit", Git((repository, _) => objects.ShowCommit(repository, sha))),
        _ => ("unknown", null),
    };

    /// <summary>The whole Git data API wants a repository that has something in it.</summary>
    private static RepositoryHandler Git(Func<StoredRepository, ApiCall, Reply> handler) => (repository, call, _) => Task.FromResult(
        repository.Git.Refs("refs").Count == 0
            ? Reply.Error(409, "Git Repository is empty.", "https://docs.github.com/rest/git")
            : handler(repository, call));

    private async Task<Reply> InTurnAsync(
        StoredRepository repository, RepositoryHandler handler, ApiCall call, CancellationToken cancellationToken)
    {
        await repository.Turn.WaitAsync(cancellationToken);
        try
        {
            if (store.Find(repository.State.Id) != repository)
            {
                return Reply.NotFound();
            }

            Templates.Arrive(repository);
            if (IsReadOnly(repository, call))
            {
                return Reply.Error(403, "Repository was archived so is read-only.");
            }

            var reply = await handler(repository, call, cancellationToken);
            if (call.IsWrite && store.Find(repository.State.Id) == repository)
            {
                Keeper.Settle(repository);
            }

            return reply;
        }
        finally
        {
            repository.Turn.Release();
        }
    }

    // An archived repository can still be deleted, and unarchived.
    private static bool IsReadOnly(StoredRepository repository, ApiCall call) =>
        repository.State.Archived
        && call.IsWrite
        && call.Method != "DELETE"
        && !(call.Method == "PATCH" && call.Json()?.Flag("archived") is not null);

    private static Reply Moved(StoredRepository repository, string[] rest, ApiCall call)
    {
        var tail = string.Concat(rest.Select(part => "/" + Uri.EscapeDataString(part)));
        return new Reply(call.IsWrite ? 307 : 301, null) { Location = $"repositories/{repository.State.Id}{tail}" };
    }
}

/// <summary>What a request wants, and how it gets it.</summary>
internal sealed record Route(string Operation, Func<CancellationToken, Task<Reply>> Run)
{
    public static readonly Route Unknown = new("unknown", _ => Task.FromResult(Reply.NotFound()));
}
