using System.Text;

namespace Idp.Sandbox.GitHub;

/// <summary>The commit that GitHub itself begins a repository with: where <c>auto_init</c> asks for it, or from a template.</summary>
internal static class FirstCommit
{
    public static async Task WriteAsync(StoredRepository repository, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (state, git) = (repository.State, repository.Git);
        var text = $"# {state.Name}\n{state.Description}";
        var blob = await git.WriteAsync("blob", Encoding.UTF8.GetBytes(text), cancellationToken);
        var tree = await git.WriteTreeAsync(null, [new GitTreeEntry("README.md", "100644", "blob", blob, text.Length)], cancellationToken);
        await WriteAsync(repository, tree, now, cancellationToken);
    }

    /// <summary>Makes a tree the root of the default branch, unless that has a commit already.</summary>
    public static async Task WriteAsync(StoredRepository repository, string tree, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var author = new GitIdentity("github-app[bot]", "github-app[bot]@users.noreply.github.com", now);
        var commit = new GitCommitObject(tree, [], author, new GitIdentity("GitHub", "noreply@github.com", now), "Initial commit");
        var sha = await repository.Git.WriteAsync("commit", commit.ToBytes(), cancellationToken);
        await repository.Git.UpdateRefAsync($"refs/heads/{repository.State.DefaultBranch}", sha, GitRepository.NoSha, cancellationToken);
    }
}
