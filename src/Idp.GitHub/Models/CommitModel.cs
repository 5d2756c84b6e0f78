using System.Text.Json;

namespace Idp.GitHub;

/// <summary>A commit out of Octokit's model.</summary>
internal static class CommitModel
{
    /// <exception cref="JsonException">It is no commit.</exception>
    public static GitCommit ToCommit(this Octokit.GitHubCommit model) => model is { Sha: not null, Commit: { Tree.Sha: not null, Message: not null } commit }
        ? new GitCommit
        {
            Sha = model.Sha,
            TreeSha = commit.Tree.Sha,
            Message = commit.Message,
            Author = new CommitAuthor(commit.Author?.Name ?? "", commit.Author?.Email ?? "", commit.Author?.Date ?? default),
            Parents = [.. (model.Parents ?? []).Select(parent => parent.Sha)],
        }
        : throw new JsonException("A commit has a SHA, a tree and a message.");
}
