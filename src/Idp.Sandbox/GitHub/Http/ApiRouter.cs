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

    /// <summary>Repositories from templates.</summary>
    public required TemplateEndpoints Templates { get; init; }

    /// <summary>Says what it is and returns what to do about it.</summary>
    public Route Find(ApiCall call) => call.Segments switch
    {
        ["orgs", var owner, "repos"] when call.Method == "POST" =>
            new Route("create_repository", token => repositories.CreateAsync(owner, call, token)),
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
        ["graphql"] or ["api", "graphql"] when call.Method == "POST" => OfGraphQl(call),
        _ => Route.Unknown,
    };

    // One mutation is all that is asked; whom it is about stands in the body.
    private Route OfGraphQl(ApiCall call) => GraphQlCall.Read(call) is { } asked && store.Find(asked.RepositoryId) is { } repository
        ? new Route("update_ref", token => InTurnAsync(repository, (known, _, inner) => RefEndpoints.ResetAsync(known, asked, inner), call, token))
        : new Route("update_ref", _ => Task.FromResult(GraphQlCall.Refused("NOT_FOUND", "Could not resolve to a node with the global id.")));

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
        ("PATCH", []) => ("update_repository", repositories.UpdateAsync),
        ("DELETE", []) => ("delete_repository", (repository, _, _) => Task.FromResult(repositories.Delete(repository))),
        ("POST", ["generate"]) => ("generate_repository", Templates.GenerateAsync),
        ("GET", ["topics"]) => ("get_topics", (repository, _, _) =>
            Task.FromResult(RepositoryEndpoints.ShowTopics(repository))),
        ("PUT", ["topics"]) => ("replace_topics", (repository, put, _) =>
            Task.FromResult(repositories.ReplaceTopics(repository, put))),
        ("GET", ["contents", .. var path]) => ("get_contents", (repository, get, token) =>
            contents.ShowAsync(repository, string.Join('/', path), get, token)),
        ("PUT", ["contents", .. var path]) => ("put_contents", (repository, put, token) =>
            contents.PutAsync(repository, string.Join('/', path), put, token)),
        ("GET", ["branches", var name]) => ("get_branch", (repository, _, token) => refs.ShowBranchAsync(repository, name, token)),
        ("GET", ["commits", var name]) => ("get_head_commit", (repository, _, token) => refs.ShowCommitAsync(repository, name, token)),
        (_, ["git", .. var git]) => ChooseGit(call.Method, git),
        _ => Administration.Choose(call, rest),
    };

    private (string Operation, RepositoryHandler? Handler) ChooseGit(string method, string[] rest) => (method, rest) switch
    {
        ("GET", ["ref", .. var name]) => ("get_ref", Git((repository, _, token) =>
            refs.ShowAsync(repository, string.Join('/', name), token))),
        ("GET", ["matching-refs", .. var name]) => ("list_refs", Git((repository, _, token) =>
            refs.ListAsync(repository, string.Join('/', name), token))),
        ("POST", ["refs"]) => ("create_ref", Git(refs.CreateAsync)),
        ("PATCH", ["refs", .. var name]) => ("update_ref", Git((repository, call, token) =>
            refs.MoveAsync(repository, string.Join('/', name), call, token))),
        ("POST", ["blobs"]) => ("create_blob", Git(objects.CreateBlobAsync)),
        ("GET", ["blobs", var sha]) => ("get_blob", Git((repository, _, token) =>
            objects.ShowBlobAsync(repository, sha, token))),
        ("POST", ["trees"]) => ("create_tree", Git(objects.CreateTreeAsync)),
        ("GET", ["trees", var sha]) => ("get_tree", Git((repository, call, token) =>
            objects.ShowTreeAsync(repository, sha, call.Query.ContainsKey("recursive"), token))),
        ("POST", ["commits"]) => ("create_commit", Git(objects.CreateCommitAsync)),
        ("GET", ["commits", var sha]) => ("get_commit", Git((repository, _, token) =>
            objects.ShowCommitAsync(repository, sha, token))),
        _ => ("unknown", null),
    };

    /// <summary>The whole Git data API wants a repository that has something in it.</summary>
    private static RepositoryHandler Git(RepositoryHandler handler) => async (repository, call, cancellationToken) =>
        (await repository.Git.RefsAsync("refs", cancellationToken)).Count == 0
            ? Reply.Error(409, "Git Repository is empty.", "https://docs.github.com/rest/git")
            : await handler(repository, call, cancellationToken);

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

            await Templates.ArriveAsync(repository, cancellationToken);
            return IsReadOnly(repository, call)
                ? Reply.Error(403, "Repository was archived so is read-only.")
                : await handler(repository, call, cancellationToken);
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
