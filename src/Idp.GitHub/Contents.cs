using System.Net;
using Octokit;

namespace Idp.GitHub;

/// <summary>What is in a repository, read: branches, commits, and one file at a time.</summary>
/// <remarks>See https://docs.github.com/en/rest/repos/contents and https://docs.github.com/en/rest/commits/commits.</remarks>
internal sealed class Contents(GitHubCalls calls)
{
    /// <summary>GitHub says so of a commit that is not there, or of a repository that has none.</summary>
    private static readonly HttpStatusCode[] NoCommit =
        [HttpStatusCode.NotFound, HttpStatusCode.Conflict, HttpStatusCode.UnprocessableEntity];

    /// <summary>Returns the SHA of the branch's last commit; null if there is no such branch or no commit at all.</summary>
    public async Task<string?> FindHeadAsync(Repository repository, string branch, CancellationToken cancellationToken)
    {
        GitHubNames.Check(repository);
        GitHubNames.CheckBranch(branch);
        var call = new GitHubCallContext(Operations.GetBranch, $"show branch {branch} of {repository.FullName}")
        {
            Expected = [HttpStatusCode.NotFound],
        };
        return await calls.FindAsync(call, HeadAsync, cancellationToken);

        async Task<string> HeadAsync(IGitHubClient client) =>
            (await client.Repository.Branch.Get(repository.Owner, repository.Name, Uri.EscapeDataString(branch))).Commit.Sha;
    }

    /// <summary>Returns the last commit of a branch with the names of the files that it changed, or null.</summary>
    public Task<ShownCommit?> FindLastCommitAsync(Repository repository, string branch, CancellationToken cancellationToken)
    {
        GitHubNames.CheckBranch(branch);
        var call = new GitHubCallContext(Operations.GetHeadCommit, $"show the last commit on {branch} of {repository.FullName}") { Expected = NoCommit };
        return FindAsync(repository, call, $"heads/{branch}", cancellationToken);
    }

    /// <summary>Returns the commit of that SHA, or null.</summary>
    public async Task<GitCommit?> FindCommitAsync(Repository repository, string sha, CancellationToken cancellationToken)
    {
        GitHubNames.CheckSha(sha);
        var call = new GitHubCallContext(Operations.GetCommit, $"show commit {sha} of {repository.FullName}") { Expected = NoCommit };
        return (await FindAsync(repository, call, sha, cancellationToken))?.Commit;
    }

    /// <summary>Returns the file, or null when there is none at that place.</summary>
    public async Task<RepositoryContent?> FindFileAsync(
        Repository repository, string path, string? reference, CancellationToken cancellationToken)
    {
        GitHubNames.Check(repository);
        GitHubNames.CheckFilePath(path);
        var call = new GitHubCallContext(Operations.GetContents, $"show {path} of {repository.FullName}")
        {
            Expected = [HttpStatusCode.NotFound],
        };
        var place = Uri.EscapeDataString(path);
        var found = await calls.FindAsync(
            call,
            client => reference is null
                ? client.Repository.Content.GetAllContents(repository.Owner, repository.Name, place)
                : client.Repository.Content.GetAllContentsByRef(repository.Owner, repository.Name, place, Uri.EscapeDataString(reference)),
            cancellationToken);

        // A folder is a list, and no entry of a list says how it is encoded.
        return found is [{ Encoding: not null, Sha: not null } file] && file.Type.StringValue == "file" ? file : null;
    }

    /// <summary>Returns the bytes of a file; those above 1 MB are not in the listing and are fetched.</summary>
    /// <exception cref="AnswerTooLargeException">The file is larger than the limit.</exception>
    public async Task<byte[]> ReadAsync(
        Repository repository, string path, string? reference, RepositoryContent file, int limit, CancellationToken cancellationToken)
    {
        var call = new GitHubCallContext(Operations.GetFile, $"show {path} of {repository.FullName}")
        {
            Accept = GitHubCallContext.Raw,
            AnswerLimit = limit,
        };
        if (file.Size > limit)
        {
            throw GitHubFailures.TooLarge(call, "the file", limit);
        }

        if (file.Encoding == "base64")
        {
            return Decode(call, file.EncodedContent ?? "", limit);
        }

        var place = Uri.EscapeDataString(path);
        return await calls.RunAsync(
            call,
            client => reference is null
                ? client.Repository.Content.GetRawContent(repository.Owner, repository.Name, place)
                : client.Repository.Content.GetRawContentByRef(repository.Owner, repository.Name, place, Uri.EscapeDataString(reference)),
            cancellationToken);
    }

    private async Task<ShownCommit?> FindAsync(
        Repository repository, GitHubCallContext call, string reference, CancellationToken cancellationToken)
    {
        GitHubNames.Check(repository);
        return await calls.FindAsync(call, ShownAsync, cancellationToken);

        async Task<ShownCommit> ShownAsync(IGitHubClient client)
        {
            var shown = await client.Repository.Commit.Get(repository.Owner, repository.Name, Uri.EscapeDataString(reference));
            return new ShownCommit(shown.ToCommit(), [.. (shown.Files ?? []).Select(file => file.Filename)]);
        }
    }

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

/// <summary>A commit, and the files that it changed.</summary>
internal sealed record ShownCommit(GitCommit Commit, IReadOnlyList<string> Files);
