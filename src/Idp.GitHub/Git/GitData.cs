using System.Net;

namespace Idp.GitHub;

/// <summary>GitHub's calls on the Git objects and files of one repository, one method for each.</summary>
/// <remarks>See https://docs.github.com/en/rest/git and https://docs.github.com/en/rest/repos/contents.</remarks>
internal sealed class GitData(GitHubTransport transport, Contents contents)
{
    /// <summary>Returns what the branch points to.</summary>
    public async Task<BranchHead> FindHeadAsync(Repository repository, string branch, CancellationToken cancellationToken) =>
        new(await contents.FindHeadAsync(repository, branch, cancellationToken));

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

    /// <summary>Returns the names of the branches; none in an empty repository.</summary>
    public async Task<IReadOnlyList<string>> BranchesAsync(Repository repository, CancellationToken cancellationToken)
    {
        var request = new GitHubRequest(
            Operations.ListRefs,
            HttpMethod.Get,
            $"{GitHubPath.Git(repository, "matching-refs")}/heads",
            $"list the branches of {repository.FullName}")
        {
            Expected = [HttpStatusCode.Conflict],
        };
        var answer = await transport.SendAsync(request, cancellationToken);
        return answer.IsSuccess
            ? [.. answer.Read(request, GitHubJson.Default.ListRefBody).Select(known => known.Ref["refs/heads/".Length..])]
            : [];
    }

    public Task<GitCommit?> FindCommitAsync(Repository repository, string sha, CancellationToken cancellationToken) =>
        contents.FindCommitAsync(repository, sha, cancellationToken);

    public async Task<string> CreateBlobAsync(
        Repository repository, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var request = new GitHubRequest(
            Operations.CreateBlob,
            HttpMethod.Post,
            GitHubPath.Git(repository, "blobs"),
            $"store a file in {repository.FullName}")
            .With(new NewBlob(Convert.ToBase64String(content.Span), "base64"), GitHubJson.Default.NewBlob);
        return (await transport.SendAsync(request, GitHubJson.Default.ShaBody, cancellationToken)).Sha;
    }

    public async Task<string> CreateTreeAsync(
        Repository repository, IReadOnlyList<NewTreeEntry> entries, CancellationToken cancellationToken)
    {
        var request = new GitHubRequest(
            Operations.CreateTree,
            HttpMethod.Post,
            GitHubPath.Git(repository, "trees"),
            $"store {entries.Count} files in {repository.FullName}")
            .With(new NewTree(entries), GitHubJson.Default.NewTree);
        return (await transport.SendAsync(request, GitHubJson.Default.ShaBody, cancellationToken)).Sha;
    }

    public async Task<string> CreateCommitAsync(
        Repository repository, NewCommit commit, CancellationToken cancellationToken)
    {
        var request = new GitHubRequest(
            Operations.CreateCommit,
            HttpMethod.Post,
            GitHubPath.Git(repository, "commits"),
            $"make a commit in {repository.FullName}")
            .With(commit, GitHubJson.Default.NewCommit);
        return (await transport.SendAsync(request, GitHubJson.Default.ShaBody, cancellationToken)).Sha;
    }

    /// <summary>Sets a branch to a commit that does not follow from the one it stands on, if it stands there still.</summary>
    /// <remarks>
    /// The REST API forces a branch without comparing. See https://docs.github.com/en/graphql/reference/mutations#updaterefs.
    /// </remarks>
    /// <returns>Why GitHub did not do it; null where it is done.</returns>
    public async Task<string?> ResetBranchAsync(
        Repository repository, string branch, string from, string to, CancellationToken cancellationToken)
    {
        GitHubPath.CheckBranch(branch);
        var update = new RefUpdate($"refs/heads/{branch}", from, to, Force: true);
        var request = new GitHubRequest(
            Operations.UpdateRef,
            HttpMethod.Post,
            transport.GraphQlPath,
            $"move branch {branch} of {repository.FullName}")
            .With(UpdateRefsQuestion.Of(repository.NodeId, update), GraphQlJson.Default.UpdateRefsQuestion);
        var answer = await transport.SendAsync(request, GraphQlJson.Default.GraphQlAnswer, cancellationToken);
        if (answer.Errors is not [var error, ..])
        {
            return null;
        }

        // What is said of the request itself holds for each; what is said of this branch is for the caller.
        return error.Type is "RATE_LIMITED" or "SERVICE_UNAVAILABLE" or "INTERNAL"
            ? throw new GitHubUnavailableException(
                new GitHubFailure { Message = $"GitHub was asked to {request.Purpose}, and could not just now ({error.Type}).", Operation = request.Operation })
            : Redaction.Redact(error.Message ?? "no reason given");
    }

    /// <summary>Moves a branch forward; a commit that does not follow from where it stands is refused.</summary>
    public async Task AdvanceBranchAsync(
        Repository repository, string branch, string commit, CancellationToken cancellationToken)
    {
        var request = new GitHubRequest(
            Operations.UpdateRef,
            HttpMethod.Patch,
            GitHubPath.Branch(repository, "refs", branch),
            $"move branch {branch} of {repository.FullName}")
            .With(new RefChange(commit, Force: false), GitHubJson.Default.RefChange);
        await transport.SendAsync(request, cancellationToken);
    }

    public async Task<GitCommit> PutFileAsync(
        Repository repository, string path, NewContent content, CancellationToken cancellationToken)
    {
        var request = new GitHubRequest(
            Operations.PutContents,
            HttpMethod.Put,
            GitHubPath.Contents(repository, path),
            $"write {path} to {repository.FullName}")
            .With(content, GitHubJson.Default.NewContent);
        var answer = await transport.SendAsync(request, GitHubJson.Default.ContentAnswer, cancellationToken);
        return answer.Commit.ToCommit();
    }
}

/// <summary>The last commit of a branch, if there is one, and the files that it changed.</summary>
internal sealed record HeadCommit(GitCommit? Commit, IReadOnlyList<string> Files, bool IsEmpty);

/// <summary>What a branch points to.</summary>
internal readonly record struct BranchHead(string? Sha);
