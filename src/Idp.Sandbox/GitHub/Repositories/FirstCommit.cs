using System.Text;

namespace Idp.Sandbox.GitHub;

/// <summary>The commit that GitHub itself begins a repository with: where <c>auto_init</c> asks for it, or from a template.</summary>
internal static class FirstCommit
{
    public static void Write(StoredRepository repository, DateTimeOffset now)
    {
        var (state, git) = (repository.State, repository.Git);
        var text = Encoding.UTF8.GetBytes($"# {state.Name}\n{state.Description}");
        Write(repository, git.WriteTree(null, [new GitTreeEntry("README.md", "100644", "blob", git.Write("blob", text), text.Length)]), now);
    }

    /// <summary>Makes a tree the root of the default branch, unless that has a commit already.</summary>
    public static void Write(StoredRepository repository, string tree, DateTimeOffset now)
    {
        var author = new GitIdentity("github-app[bot]", "github-app[bot]@users.noreply.github.com", now);
        var commit = new GitCommitObject(tree, [], author, new GitIdentity("GitHub", "noreply@github.com", now), "Initial commit");
        var sha = repository.Git.Write("commit", commit.ToBytes());
        repository.Git.UpdateRef($"refs/heads/{repository.State.DefaultBranch}", sha, GitRepository.NoSha);
    }
}
