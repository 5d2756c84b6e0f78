using System.Net;

namespace Idp.GitHub;

/// <summary>GitHub's calls on the Git objects and files of one repository, one method for each.</summary>
/// <remarks>See https://docs.github.com/en/rest/git and https://docs.github.com/en/rest/repos/contents.</remarks>
internal sealed class GitData(GitHubTransport transport)
{
    /// <summary>Returns what the branch points to; tells a missing branch from an empty repository.</summary>
    public async Task<BranchHead> FindHeadAsync(
        Repository repository, string branch, CancellationToken cancellationToken)
    {
        var request = new GitHubRequest(
            Operations.GetRef,
            HttpMethod.Get,
            GitHubPath.Branch(repository, "ref", branch),
            $"show branch {branch} of {repository.FullName}")
        {
            Expected = [HttpStatusCode.NotFound, HttpStatusCode.Conflict],
        };
        var answer = await transport.SendAsync(request, cancellationToken);
        return answer.Status switch
        {
            HttpStatusCode.Conflict => new BranchHead(null, IsEmpty: true),
            HttpStatusCode.NotFound => new BranchHead(null, IsEmpty: false),
            _ => new BranchHead(answer.Read(request, GitHubJson.Default.RefBody).Object.Sha, IsEmpty: false),
        };
    }

    /// <summary>Returns the last commit of the branch with the files that it changed, in one request.</summary>
    public async Task<HeadCommit> FindHeadCommitAsync(
        Repository repository, string branch, CancellationToken cancellationToken)
    {
        var request = new GitHubRequest(
            Operations.GetHeadCommit,
            HttpMethod.Get,
            GitHubPath.Commit(repository, branch),
            $"show the last commit on {branch} of {repository.FullName}")
        {
            Expected = [HttpStatusCode.NotFound, HttpStatusCode.Conflict, HttpStatusCode.UnprocessableEntity],
        };
        var answer = await transport.SendAsync(request, cancellationToken);
        if (!answer.IsSuccess)
        {
            return new HeadCommit(null, [], IsEmpty: answer.Status == HttpStatusCode.Conflict);
        }

        var body = answer.Read(request, GitHubJson.Default.HeadCommitBody);
        return new HeadCommit(body.ToCommit(), [.. (body.Files ?? []).Select(file => file.Filename)], IsEmpty: false);
    }

    public async Task<GitCommit?> FindCommitAsync(
        Repository repository, string sha, CancellationToken cancellationToken)
    {
        var request = new GitHubRequest(
            Operations.GetCommit,
            HttpMethod.Get,
            GitHubPath.Git(repository, "commits", sha),
            $"show commit {sha} of {repository.FullName}")
        {
            Expected = [HttpStatusCode.NotFound, HttpStatusCode.Conflict],
        };
        var answer = await transport.SendAsync(request, cancellationToken);
        return answer.IsSuccess ? answer.Read(request, GitHubJson.Default.CommitBody).ToCommit() : null;
    }

    /// <summary>Returns the file, or null when there is none at that place.</summary>
    public async Task<ContentBody?> FindFileAsync(
        Repository repository, string path, string? reference, CancellationToken cancellationToken)
    {
        var request = new GitHubRequest(
            Operations.GetContents,
            HttpMethod.Get,
            GitHubPath.Contents(repository, path, reference),
            $"show {path} of {repository.FullName}")
        {
            Expected = [HttpStatusCode.NotFound],
        };
        var answer = await transport.SendAsync(request, cancellationToken);

        // A folder is answered with a list.
        return answer.IsSuccess && !answer.Body.AsSpan().TrimStart(" \r\n\t"u8).StartsWith("["u8)
            ? answer.Read(request, GitHubJson.Default.ContentBody)
            : null;
    }

    /// <summary>Returns the bytes of a file; those above 1 MB are not in the listing and are fetched.</summary>
    /// <exception cref="AnswerTooLargeException">The file is larger than the limit.</exception>
    public async Task<byte[]> ReadAsync(
        Repository repository, string path, ContentBody file, int limit, CancellationToken cancellationToken)
    {
        var request = new GitHubRequest(
            Operations.GetBlob,
            HttpMethod.Get,
            GitHubPath.Git(repository, "blobs", file.Sha),
            $"show {path} of {repository.FullName}")
        {
            AnswerLimit = BoundedBody.AnswerWithFile(limit),
        };
        if (file.Size > limit)
        {
            throw GitHubFailures.TooLarge(request, "the file", limit);
        }

        var content = file.Encoding == "base64"
            ? file.Content
            : (await transport.SendAsync(request, GitHubJson.Default.BlobBody, cancellationToken)).Content;
        return Decode(request, content ?? "", limit);
    }

    private static byte[] Decode(GitHubRequest request, string content, int limit)
    {
        try
        {
            var bytes = Convert.FromBase64String(content);
            return bytes.Length <= limit ? bytes : throw GitHubFailures.TooLarge(request, "the file", limit);
        }
        catch (FormatException error)
        {
            throw new GitHubUnavailableException(
                new GitHubFailure { Message = $"GitHub was asked to {request.Purpose}, and the answer is no Base64.", Operation = request.Operation },
                error);
        }
    }
}

/// <summary>The last commit of a branch, if there is one, and the files that it changed.</summary>
internal sealed record HeadCommit(GitCommit? Commit, IReadOnlyList<string> Files, bool IsEmpty);

/// <summary>What a branch points to, and if to nothing, whether the whole repository is empty.</summary>
internal readonly record struct BranchHead(string? Sha, bool IsEmpty);
