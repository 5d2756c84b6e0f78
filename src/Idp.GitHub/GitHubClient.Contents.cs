using System.Net;
using System.Text;
using System.Text.Json;
using Octokit;

namespace Idp.GitHub;

/// <content>What is in a repository: branches, commits, and files, which are written by pushes.</content>
public sealed partial class GitHubClient
{
    /// <summary>Returns the SHA of the branch's last commit; null if there is no such branch or no commit at all.</summary>
    /// <remarks>See <see href="https://docs.github.com/en/rest/branches/branches#get-a-branch"/>.</remarks>
    public Task<string?> FindHeadAsync(Repository repository, string branch, CancellationToken cancellationToken)
    {
        GitHubNames.Check(repository);
        GitHubNames.CheckBranch(branch);
        var call = new GitHubCallContext(Operations.GetBranch, $"show branch {branch} of {repository.FullName}") { Expected = [HttpStatusCode.NotFound] };
        return _calls.FindAsync(call, HeadAsync, cancellationToken);

        async Task<string> HeadAsync(IGitHubClient client) =>
            (await client.Repository.Branch.Get(repository.Owner, repository.Name, Uri.EscapeDataString(branch))).Commit.Sha;
    }

    /// <summary>
    /// Returns the SHA of the last commit on the default branch once a repository that was made from a template has its files; null until then.
    /// </summary>
    /// <remarks>See <see href="https://docs.github.com/en/rest/commits/commits#get-a-commit"/>.</remarks>
    public async Task<string?> FindGeneratedHeadAsync(Repository repository, CancellationToken cancellationToken)
    {
        var branch = repository.DefaultBranch;
        GitHubNames.Check(repository);
        GitHubNames.CheckBranch(branch);
        var call = new GitHubCallContext(Operations.GetHeadCommit, $"show the last commit on {branch} of {repository.FullName}")
        {
            // There is no such branch, or no commit at all.
            Expected = [HttpStatusCode.NotFound, HttpStatusCode.Conflict, HttpStatusCode.UnprocessableEntity],
        };
        var reference = Uri.EscapeDataString($"heads/{branch}");
        var last = await _calls.FindAsync(call, LastAsync, cancellationToken);

        // A first commit without files is GitHub's beginning, not its end.
        return last is { Parents: null or [], Files: null or [] } ? null : last?.Sha;

        async Task<GitHubCommit> LastAsync(IGitHubClient client) =>
            await client.Repository.Commit.Get(repository.Owner, repository.Name, reference) is { Sha: not null } commit
                ? commit
                : throw new JsonException("A commit has a SHA.");
    }

    /// <summary>Returns the text of a file; null if there is no file at that place, branch or commit.</summary>
    /// <remarks>See <see href="https://docs.github.com/en/rest/repos/contents#get-repository-content"/>.</remarks>
    /// <param name="repository">The repository.</param>
    /// <param name="path">The path from its root.</param>
    /// <param name="reference">A branch, tag or SHA; null for the default branch.</param>
    /// <param name="limit">The most bytes that the file may have.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <exception cref="AnswerTooLargeException">The file is larger; it was not read.</exception>
    public async Task<string?> ReadFileAsync(Repository repository, string path, string? reference, int limit, CancellationToken cancellationToken)
    {
        GitHubNames.Check(repository);
        GitHubNames.CheckFilePath(path);
        var (place, at) = (Uri.EscapeDataString(path), reference is null ? null : Uri.EscapeDataString(reference));
        var call = new GitHubCallContext(Operations.GetContents, $"show {path} of {repository.FullName}") { Expected = [HttpStatusCode.NotFound] };
        var found = await _calls.FindAsync(
            call,
            client => at is null
                ? client.Repository.Content.GetAllContents(repository.Owner, repository.Name, place)
                : client.Repository.Content.GetAllContentsByRef(repository.Owner, repository.Name, place, at),
            cancellationToken);

        // A folder is a list, and no entry of a list says how it is encoded.
        if (found is not [{ Encoding: not null, Sha: not null } file] || file.Type.StringValue != "file")
        {
            return null;
        }

        // Those above 1 MB are not in the listing.
        var whole = new GitHubCallContext(Operations.GetFile, call.Purpose) { Accept = GitHubCallContext.Raw, AnswerLimit = limit };
        var bytes = file.Size > limit ? throw GitHubFailures.TooLarge(whole, "the file", limit)
            : file.Encoding == "base64" ? Decode(whole, file.EncodedContent ?? "", limit)
            : await _calls.RunAsync(
                whole,
                client => at is null
                    ? client.Repository.Content.GetRawContent(repository.Owner, repository.Name, place)
                    : client.Repository.Content.GetRawContentByRef(repository.Owner, repository.Name, place, at),
                cancellationToken);
        return Encoding.UTF8.GetString(bytes);
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

    private static byte[] Decode(GitHubCallContext call, string content, int limit)
    {
        try
        {
            var bytes = Convert.FromBase64String(content);
            return bytes.Length <= limit ? bytes : throw GitHubFailures.TooLarge(call, "the file", limit);
        }
        catch (FormatException error)
        {
            throw new GitHubUnavailableException(
                new GitHubFailure { Message = $"GitHub was asked to {call.Purpose}, and the answer is no Base64.", Operation = call.Operation },
                error);
        }
    }
}
