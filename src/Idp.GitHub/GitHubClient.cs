using System.Net;

namespace Idp.GitHub;

/// <summary>The calls to GitHub's REST API that provisioning a repository takes, typed.</summary>
/// <remarks>
/// <para>
/// Guarantees: names are checked before anything is sent; redirects are followed on the same host only, with the
/// token; nothing is retried, for the caller knows best when to come again; after GitHub has asked to wait, nothing is
/// sent until the time is up (<see cref="GitHubBudget"/>). Safe for use from many threads.
/// </para>
/// <para>
/// Assumptions: the <see cref="HttpClient"/> follows no redirects by itself (<see cref="GitHubHttp.CreateClient"/>).
/// All methods throw subclasses of <see cref="GitHubException"/>. See <see href="https://docs.github.com/en/rest"/>.
/// </para>
/// </remarks>
public sealed partial class GitHubClient
{
    private readonly GitHubCalls _calls;
    private readonly GitFetcher _fetcher;
    private readonly GitPusher _pusher;

    /// <summary>Makes a client; nothing is sent yet.</summary>
    /// <param name="http">A client that follows no redirects; it stays the caller's to dispose.</param>
    /// <param name="tokens">Gives the token of each request.</param>
    /// <param name="options">Where GitHub is.</param>
    /// <param name="clock">The time.</param>
    /// <param name="observer">Is told of every request, or null.</param>
    public GitHubClient(
        HttpClient http,
        ITokenSource tokens,
        GitHubOptions options,
        TimeProvider clock,
        IGitHubCallObserver? observer = null)
    {
        _calls = new GitHubCalls(http, tokens, options, clock, observer);
        var sessions = new GitSessions(new GitRemote(_calls, http, tokens, options, observer), clock);
        _fetcher = new GitFetcher(sessions);
        _pusher = new GitPusher(sessions, _fetcher);
        Administration = new RepositoryAdministration(_calls);
        PullRequests = new PullRequests(_calls);
    }

    /// <summary>What the credential may still ask of GitHub.</summary>
    public GitHubBudget Budget => _calls.Budget;

    /// <summary>What a repository is beyond its files and its own settings.</summary>
    public RepositoryAdministration Administration { get; }

    /// <summary>What people are asked to take over into a branch.</summary>
    public PullRequests PullRequests { get; }

    /// <summary>Returns the repository, or null if it is not there or not visible to this token.</summary>
    /// <remarks>
    /// A repository that was renamed is found by its old name; then <see cref="Repository.FullName"/> differs. See
    /// <see href="https://docs.github.com/en/rest/repos/repos#get-a-repository"/>.
    /// </remarks>
    public Task<Repository?> FindRepositoryAsync(string owner, string name, CancellationToken cancellationToken)
    {
        GitHubNames.CheckRepository(owner, name);
        var call = Showing($"show {owner}/{name}");
        return FindAsync(call, client => client.Repository.Get(owner, name), cancellationToken);
    }

    /// <summary>Returns the repository of that number, whatever it is called now, or null.</summary>
    /// <remarks>The path is the one that GitHub redirects renamed repositories to.</remarks>
    public Task<Repository?> FindRepositoryAsync(long id, CancellationToken cancellationToken)
    {
        GitHubNames.CheckId(id, "a repository");
        var call = Showing($"show repository {id}");
        return FindAsync(call, client => client.Repository.Get(id), cancellationToken);
    }

    /// <summary>Returns the repository as it is now; null if it is gone.</summary>
    /// <remarks>
    /// GitHub is asked only whether it changed since it was known: while it did not, the very same object comes back, and
    /// the hourly quota is not touched.
    /// </remarks>
    public async Task<Repository?> RefreshRepositoryAsync(Repository known, CancellationToken cancellationToken)
    {
        GitHubNames.CheckId(known.Id, "a repository");
        var call = new GitHubCallContext(Operations.GetRepository, $"show repository {known.Id}")
        {
            ETag = known.ETag,
            Expected = [HttpStatusCode.NotFound, HttpStatusCode.NotModified],
        };
        var shown = await FindAsync(call, client => client.Repository.Get(known.Id), cancellationToken);
        return call.Answer?.Status == HttpStatusCode.NotModified ? known : shown;
    }

    /// <summary>Makes a repository in the organisation.</summary>
    /// <remarks>
    /// For some seconds GitHub may answer 404 for what it has just made. See
    /// <see href="https://docs.github.com/en/rest/repos/repos#create-an-organization-repository"/>.
    /// </remarks>
    /// <exception cref="NameTakenException">There is one of that name already, whoever made it.</exception>
    /// <exception cref="OrganisationNotFoundException">There is no such organisation for this token.</exception>
    public async Task<Repository> CreateRepositoryAsync(
        string organisation, NewRepository repository, CancellationToken cancellationToken)
    {
        GitHubNames.CheckRepository(organisation, repository.Name);
        var call = new GitHubCallContext(Operations.CreateRepository, $"create {organisation}/{repository.Name}");
        try
        {
            return await ReadAsync(call, client => client.Repository.Create(organisation, repository.ToOctokit()), cancellationToken);
        }
        catch (GitHubNotFoundException error)
        {
            throw new OrganisationNotFoundException(error.Failure);
        }
    }

    /// <summary>Makes a repository in the organisation from the default branch of a template repository, whose files become one commit.</summary>
    /// <remarks>
    /// GitHub answers before the files are there: <see cref="FindGeneratedHeadAsync"/> tells when they are. Of the request only name, description
    /// and visibility count; <see cref="RepositoryVisibility.Internal"/> cannot be had at once, and is made private until it is changed. See
    /// <see href="https://docs.github.com/en/rest/repos/repos#create-a-repository-using-a-template"/>.
    /// </remarks>
    /// <exception cref="NameTakenException">There is one of that name already, whoever made it.</exception>
    /// <exception cref="GitHubNotFoundException">There is no such template, it is no template, or this token may not see it.</exception>
    public Task<Repository> GenerateRepositoryAsync(
        string templateOwner, string templateName, string organisation, NewRepository repository, CancellationToken cancellationToken)
    {
        GitHubNames.CheckRepository(templateOwner, templateName);
        GitHubNames.CheckRepository(organisation, repository.Name);
        var call = new GitHubCallContext(
            Operations.GenerateRepository, $"make {organisation}/{repository.Name} from the template {templateOwner}/{templateName}");
        var request = new Octokit.NewRepositoryFromTemplate(repository.Name)
        {
            Owner = organisation,
            Description = repository.Description,
            Private = repository.Visibility != RepositoryVisibility.Public,
        };
        return ReadAsync(call, client => client.Repository.Generate(templateOwner, templateName, request), cancellationToken);
    }

    /// <summary>Changes the settings that are set, and returns the repository as it is then.</summary>
    /// <remarks>
    /// GitHub refuses a change to the visibility that it has already; that counts as done. See
    /// <see href="https://docs.github.com/en/rest/repos/repos#update-a-repository"/>.
    /// </remarks>
    public async Task<Repository> UpdateRepositoryAsync(
        long id, RepositorySettings settings, CancellationToken cancellationToken)
    {
        GitHubNames.CheckId(id, "a repository");
        try
        {
            return await UpdateAsync(id, settings, cancellationToken);
        }
        catch (GitHubValidationException error) when (settings.Visibility is not null && IsVisibilityAlready(error))
        {
            var rest = settings with { Visibility = null };
            return rest == new RepositorySettings()
                ? await ReadAsync(new GitHubCallContext(Operations.GetRepository, $"show repository {id}"), client => client.Repository.Get(id), cancellationToken)
                : await UpdateAsync(id, rest, cancellationToken);
        }
    }

    /// <summary>Makes the topics these and no others; GitHub keeps them in lower case.</summary>
    /// <remarks>See <see href="https://docs.github.com/en/rest/repos/repos#replace-all-repository-topics"/>.</remarks>
    public Task ReplaceTopicsAsync(
        Repository repository, IReadOnlyList<string> topics, CancellationToken cancellationToken)
    {
        GitHubNames.Check(repository);
        var call = new GitHubCallContext(Operations.ReplaceTopics, $"set the topics of {repository.FullName}");
        var wanted = new Octokit.RepositoryTopics(topics);
        return _calls.TryAsync(call, client => client.Repository.ReplaceAllTopics(repository.Owner, repository.Name, wanted), cancellationToken);
    }

    /// <summary>Makes the repository read-only; nothing happens to one that is so already.</summary>
    /// <remarks>See <see href="https://docs.github.com/en/rest/repos/repos#update-a-repository"/>.</remarks>
    public Task ArchiveRepositoryAsync(long id, CancellationToken cancellationToken) =>
        UpdateRepositoryAsync(id, new RepositorySettings { Archived = true }, cancellationToken);

    /// <summary>Deletes the repository with everything in it; one that is not there counts as deleted.</summary>
    /// <remarks>See <see href="https://docs.github.com/en/rest/repos/repos#delete-a-repository"/>.</remarks>
    /// <exception cref="GitHubConflictException">GitHub is still making it; try again.</exception>
    public Task DeleteRepositoryAsync(long id, CancellationToken cancellationToken)
    {
        GitHubNames.CheckId(id, "a repository");
        var call = new GitHubCallContext(Operations.DeleteRepository, $"delete repository {id}") { Expected = [HttpStatusCode.NotFound] };
        return _calls.TryAsync(call, client => client.Repository.Delete(id), cancellationToken);
    }

    private static GitHubCallContext Showing(string purpose) =>
        new(Operations.GetRepository, purpose) { Expected = [HttpStatusCode.NotFound] };

    private Task<Repository> UpdateAsync(long id, RepositorySettings settings, CancellationToken cancellationToken)
    {
        var call = new GitHubCallContext(Operations.UpdateRepository, $"change repository {id}");
        return ReadAsync(call, client => client.Repository.Edit(id, settings.ToOctokit()), cancellationToken);
    }

    private async Task<Repository?> FindAsync(
        GitHubCallContext call, Func<Octokit.IGitHubClient, Task<Octokit.Repository>> send, CancellationToken cancellationToken) =>
        await _calls.FindAsync(call, async client => RepositoryModel.Read(await send(client), call), cancellationToken) is { } found
            ? found with { ETag = call.Answer!.Header("ETag") }
            : null;

    private Task<Repository> ReadAsync(
        GitHubCallContext call, Func<Octokit.IGitHubClient, Task<Octokit.Repository>> send, CancellationToken cancellationToken) =>
        _calls.RunAsync(call, async client => RepositoryModel.Read(await send(client), call), cancellationToken);

    private static bool IsVisibilityAlready(GitHubValidationException error) =>
        error.Message.Contains("visibility is already", StringComparison.OrdinalIgnoreCase);
}
