namespace Idp.GitHub;

/// <summary>The commit that GitHub itself makes in a repository that was created with <c>auto_init</c>.</summary>
/// <remarks>
/// Its README's text is GitHub's affair, so it is known by its place and shape: the root of the history, GitHub's message,
/// and one file.
/// See https://docs.github.com/en/rest/repos/repos#create-an-organization-repository.
/// </remarks>
internal static class FirstCommit
{
    private const string Message = "Initial commit";
    private const string File = "README.md";

    public static bool Is(GitCommit commit, IReadOnlyList<string> files) =>
        Is(commit) && files is [File];

    /// <summary>Whether it is one as far as can be told without its files.</summary>
    public static bool Is(GitCommit commit) => commit.Parents.Count == 0 && commit.Message.TrimEnd() == Message;
}
