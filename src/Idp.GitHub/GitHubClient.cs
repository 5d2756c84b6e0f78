using System.Net;
using System.Text;

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
public sealed class GitHubClient
{
    private readonly GitHubTransport _transport;
    private readonly GitData _data;
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
        _transport = new GitHubTransport(http, tokens, options, clock, observer);
        _data = new GitData(_transport);
        _pusher = new GitPusher(new GitRemote(http, tokens, options, clock, observer) { Budget = _transport.Budget }, clock);
        Administration = new RepositoryAdministration(_transport);
    }

    /// <summary>What the credential may still ask of GitHub.</summary>
    public GitHubBudget Budget => _transport.Budget;

    /// <summary>What a repository is beyond its files and its own settings.</summary>
    public RepositoryAdministration Administration { get; }

    /// <summary>Returns the repository, or null if it is not there or not visible to this token.</summary>
    /// <remarks>
    /// A repository that was renamed is found by its old name; then <see cref="Repository.FullName"/> differs. See
    /// <see href="https://docs.github.com/en/rest/repos/repos#get-a-repository"/>.
    /// </remarks>
    public Task<Repository?> FindRepositoryAsync(string owner, string name, CancellationToken cancellationToken) =>
        FindAsync(GitHubPath.Repository(owner, name), $"show {owner}/{name}", cancellationToken);

    /// <summary>Returns the repository of that number, whatever it is called now, or null.</summary>
    /// <remarks>The path is the one that GitHub redirects renamed repositories to.</remarks>
    public Task<Repository?> FindRepositoryAsync(long id, CancellationToken cancellationToken) =>
        FindAsync(GitHubPath.Repository(id), $"show repository {id}", cancellationToken);

    /// <summary>Returns the repository as it is now; null if it is gone.</summary>
    /// <remarks>
    /// GitHub is asked only whether it changed since it was known: while it did not, the very same object comes back, and
    /// the hourly quota is not touched.
    /// </remarks>
    public async Task<Repository?> RefreshRepositoryAsync(Repository known, CancellationToken cancellationToken)
    {
        var request = new GitHubRequest(
            Operations.GetRepository, HttpMethod.Get, GitHubPath.Repository(known.Id), $"show repository {known.Id}")
        {
            ETag = known.ETag,
            Expected = [HttpStatusCode.NotFound, HttpStatusCode.NotModified],
        };
        var answer = await _transport.SendAsync(request, cancellationToken);
        return answer.Status == HttpStatusCode.NotModified ? known : Read(request, answer);
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
        var request = new GitHubRequest(
            Operations.CreateRepository,
            HttpMethod.Post,
            GitHubPath.OrganisationRepositories(organisation, repository.Name),
            $"create {organisation}/{repository.Name}")
            .With(repository, GitHubJson.Default.NewRepository);
        try
        {
            var made = await _transport.SendAsync(request, GitHubJson.Default.RepositoryBody, cancellationToken);
            return made.ToRepository();
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
    public async Task<Repository> GenerateRepositoryAsync(
        string templateOwner, string templateName, string organisation, NewRepository repository, CancellationToken cancellationToken)
    {
        var isPrivate = repository.Visibility != RepositoryVisibility.Public;
        var body = new GenerateBody(organisation, repository.Name, repository.Description, isPrivate, IncludeAllBranches: false);
        var request = new GitHubRequest(
            Operations.GenerateRepository,
            HttpMethod.Post,
            GitHubPath.Generate(templateOwner, templateName, organisation, repository.Name),
            $"make {organisation}/{repository.Name} from the template {templateOwner}/{templateName}")
            .With(body, GitHubJson.Default.GenerateBody);
        var made = await _transport.SendAsync(request, GitHubJson.Default.RepositoryBody, cancellationToken);
        return made.ToRepository();
    }

    /// <summary>
    /// Returns the SHA of the last commit on the default branch once a repository that was made from a template has its files; null until then.
    /// </summary>
    /// <remarks>See <see href="https://docs.github.com/en/rest/commits/commits#get-a-commit"/>.</remarks>
    public async Task<string?> FindGeneratedHeadAsync(Repository repository, CancellationToken cancellationToken)
    {
        var head = await _data.FindHeadCommitAsync(repository, repository.DefaultBranch, cancellationToken);

        // A first commit without files is GitHub's beginning, not its end.
        return head is { Commit: { Parents: [] }, Files: [] } ? null : head.Commit?.Sha;
    }

    /// <summary>Changes the settings that are set, and returns the repository as it is then.</summary>
    /// <remarks>
    /// GitHub refuses a change to the visibility that it has already; that counts as done. See
    /// <see href="https://docs.github.com/en/rest/repos/repos#update-a-repository"/>.
    /// </remarks>
    public async Task<Repository> UpdateRepositoryAsync(
        long id, RepositorySettings settings, CancellationToken cancellationToken)
    {
        var request = new GitHubRequest(
            Operations.UpdateRepository, HttpMethod.Patch, GitHubPath.Repository(id), $"change repository {id}");
        try
        {
            return await UpdateAsync(request, settings, cancellationToken);
        }
        catch (GitHubValidationException error) when (settings.Visibility is not null && IsVisibilityAlready(error))
        {
            var rest = settings with { Visibility = null };
            return rest == new RepositorySettings()
                ? await GetAsync(id, cancellationToken)
                : await UpdateAsync(request, rest, cancellationToken);
        }
    }

    /// <summary>Makes the topics these and no others; GitHub keeps them in lower case.</summary>
    /// <remarks>See <see href="https://docs.github.com/en/rest/repos/repos#replace-all-repository-topics"/>.</remarks>
    public async Task ReplaceTopicsAsync(
        Repository repository, IReadOnlyList<string> topics, CancellationToken cancellationToken)
    {
        var request = new GitHubRequest(
            Operations.ReplaceTopics,
            HttpMethod.Put,
            $"{GitHubPath.Repository(repository.Owner, repository.Name)}/topics",
            $"set the topics of {repository.FullName}")
            .With(new TopicsBody(topics), GitHubJson.Default.TopicsBody);
        await _transport.SendAsync(request, cancellationToken);
    }

    /// <summary>Makes the repository read-only; nothing happens to one that is so already.</summary>
    /// <remarks>See <see href="https://docs.github.com/en/rest/repos/repos#update-a-repository"/>.</remarks>
    public Task ArchiveRepositoryAsync(long id, CancellationToken cancellationToken) =>
        UpdateRepositoryAsync(id, new RepositorySettings { Archived = true }, cancellationToken);

    /// <summary>Deletes the repository with everything in it; one that is not there counts as deleted.</summary>
    /// <remarks>See <see href="https://docs.github.com/en/rest/repos/repos#delete-a-repository"/>.</remarks>
    /// <exception cref="GitHubConflictException">GitHub is still making it; try again.</exception>
    public async Task DeleteRepositoryAsync(long id, CancellationToken cancellationToken)
    {
        var request = new GitHubRequest(
            Operations.DeleteRepository, HttpMethod.Delete, GitHubPath.Repository(id), $"delete repository {id}")
        {
            Expected = [HttpStatusCode.NotFound],
        };
        await _transport.SendAsync(request, cancellationToken);
    }

    /// <summary>
    /// Returns the SHA of the branch's last commit; null if there is no such branch or no commit at all.
    /// </summary>
    /// <remarks>See <see href="https://docs.github.com/en/rest/git/refs#get-a-reference"/>.</remarks>
    public async Task<string?> FindHeadAsync(
        Repository repository, string branch, CancellationToken cancellationToken) =>
        (await _data.FindHeadAsync(repository, branch, cancellationToken)).Sha;

    /// <summary>Returns the commit of that SHA, or null.</summary>
    /// <remarks>See <see href="https://docs.github.com/en/rest/git/commits#get-a-commit-object"/>.</remarks>
    public Task<GitCommit?> FindCommitAsync(Repository repository, string sha, CancellationToken cancellationToken) =>
        _data.FindCommitAsync(repository, sha, cancellationToken);

    /// <summary>Returns the text of a file; null if there is no file at that place, branch or commit.</summary>
    /// <remarks>See <see href="https://docs.github.com/en/rest/repos/contents#get-repository-content"/>.</remarks>
    /// <param name="repository">The repository.</param>
    /// <param name="path">The path from its root.</param>
    /// <param name="reference">A branch, tag or SHA; null for the default branch.</param>
    /// <param name="limit">The most bytes that the file may have.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <exception cref="AnswerTooLargeException">The file is larger; it was not read.</exception>
    public async Task<string?> ReadFileAsync(
        Repository repository, string path, string? reference, int limit, CancellationToken cancellationToken)
    {
        var file = await _data.FindFileAsync(repository, path, reference, cancellationToken);
        return file is { Type: "file" }
            ? Encoding.UTF8.GetString(await _data.ReadAsync(repository, path, file, limit, cancellationToken))
            : null;
    }

    /// <summary>
    /// Writes one file on top of the branch with one push; returns the commit's SHA, or null if the file was so already.
    /// </summary>
    /// <remarks>
    /// Before it, the last commit of the branch is fetched, and nothing older. See <see href="https://git-scm.com/docs/http-protocol"/>.
    /// </remarks>
    /// <exception cref="GitHubConflictException">Somebody pushed in between; try again.</exception>
    /// <exception cref="BranchProtectedException">A rule forbids it.</exception>
    /// <exception cref="AnswerTooLargeException">The commit's files are more than <see cref="GitHubOptions.FetchLimit"/>.</exception>
    public Task<string?> CommitFileAsync(Repository repository, FileCommit commit, CancellationToken cancellationToken) =>
        _pusher.PushFileAsync(repository, commit, cancellationToken);

    /// <summary>Makes the files the one and only commit of an empty repository with one push, and returns its SHA.</summary>
    /// <remarks>
    /// <para>
    /// Guarantees: after a crash or a lost answer at any point the same call ends in the same single commit; when it
    /// stands already, nothing is written. Two requests of Git's, which spend nothing of the limits on creating content.
    /// </para>
    /// <para>
    /// Assumptions: equal scaffolds for one repository. See <see href="https://git-scm.com/docs/http-protocol"/>.
    /// </para>
    /// </remarks>
    /// <exception cref="RepositoryNotEmptyException">There is another history; it was left alone.</exception>
    /// <exception cref="GitHubConflictException">Somebody pushed at the same time; try again.</exception>
    /// <exception cref="BranchProtectedException">A rule forbids it.</exception>
    public Task<string> CommitScaffoldAsync(
        Repository repository, Scaffold scaffold, CancellationToken cancellationToken) =>
        _pusher.PushScaffoldAsync(repository, scaffold, cancellationToken);

    private async Task<Repository?> FindAsync(string path, string purpose, CancellationToken cancellationToken)
    {
        var request = new GitHubRequest(Operations.GetRepository, HttpMethod.Get, path, purpose)
        {
            Expected = [HttpStatusCode.NotFound],
        };
        var answer = await _transport.SendAsync(request, cancellationToken);
        return Read(request, answer);
    }

    private static Repository? Read(GitHubRequest request, GitHubAnswer answer) => answer.IsSuccess
        ? answer.Read(request, GitHubJson.Default.RepositoryBody).ToRepository() with { ETag = answer.Header("ETag") }
        : null;

    private async Task<Repository> GetAsync(long id, CancellationToken cancellationToken)
    {
        var request = new GitHubRequest(
            Operations.GetRepository, HttpMethod.Get, GitHubPath.Repository(id), $"show repository {id}");
        var shown = await _transport.SendAsync(request, GitHubJson.Default.RepositoryBody, cancellationToken);
        return shown.ToRepository();
    }

    private async Task<Repository> UpdateAsync(
        GitHubRequest request, RepositorySettings settings, CancellationToken cancellationToken)
    {
        var body = request.With(settings, GitHubJson.Default.RepositorySettings);
        return (await _transport.SendAsync(body, GitHubJson.Default.RepositoryBody, cancellationToken)).ToRepository();
    }

    private static bool IsVisibilityAlready(GitHubValidationException error) =>
        error.Message.Contains("visibility is already", StringComparison.OrdinalIgnoreCase);
}
