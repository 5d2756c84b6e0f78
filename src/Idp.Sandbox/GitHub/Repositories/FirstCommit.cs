using System.Text;

namespace Idp.Sandbox.GitHub;

/// <summary>The commit that a repository begins with where <c>auto_init</c> asks for it.</summary>
internal static class FirstCommit
{
    public static async Task WriteAsync(StoredRepository repository, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (state, git) = (repository.State, repository.Git);
        var text = $"# {state.Name}\n{state.Description}";
        var blob = await git.WriteAsync("blob", Encoding.UTF8.GetBytes(text), cancellationToken);
        var tree = await git.WriteTreeAsync(null, [new GitTreeEntry("README.md", "100644", "blob", blob, text.Length)], cancellationToken);
        var author = new GitIdentity("github-app[bot]", "github-app[bot]@users.noreply.github.com", now);
        var commit = new GitCommitObject(tree, [], author, new GitIdentity("GitHub", "noreply@github.com", now), "Initial commit");
        var sha = await git.WriteAsync("commit", commit.ToBytes(), cancellationToken);
        await git.UpdateRefAsync($"refs/heads/{state.DefaultBranch}", sha, GitRepository.NoSha, cancellationToken);
    }
}
