namespace Idp.GitHub;

/// <summary>
/// The commit that opens an empty repository for the Git data API, and that the scaffold then replaces.
/// </summary>
/// <remarks>
/// Everything in it is constant but author and date, so that it is known again by whoever goes on after a crash.
/// The path is one that most scaffolds have, so that of two writers at once the slower is refused by GitHub.
/// </remarks>
internal static class Bootstrap
{
    public const string Message = "Open the repository for its scaffold";

    public static readonly RepositoryFile File = RepositoryFile.Text("README.md", "This repository is being set up.\n");

    private static readonly string TreeSha = GitTree.Sha([File]);

    public static bool Is(GitCommit commit) =>
        commit.Parents.Count == 0 && commit.TreeSha == TreeSha && commit.Message.TrimEnd() == Message;
}
