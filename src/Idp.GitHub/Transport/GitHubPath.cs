namespace Idp.GitHub;

/// <summary>The paths of what still writes Git objects over REST; everything else is addressed by Octokit.</summary>
internal static class GitHubPath
{
    public static string Branch(Repository repository, string kind, string branch)
    {
        CheckBranch(branch);
        return $"{Git(repository, kind)}/{Uri.EscapeDataString($"heads/{branch}")}";
    }

    public static string Commit(Repository repository, string branch)
    {
        CheckBranch(branch);
        return $"{Repository(repository)}/commits/{Uri.EscapeDataString($"heads/{branch}")}";
    }

    public static string Contents(Repository repository, string path)
    {
        CheckFilePath(path);
        return $"{Repository(repository)}/contents/{Uri.EscapeDataString(path)}";
    }

    public static string Git(Repository repository, string kind) => $"{Repository(repository)}/git/{kind}";

    public static void CheckFilePath(string path) => GitHubNames.CheckFilePath(path);

    public static void CheckBranch(string branch) => GitHubNames.CheckBranch(branch);

    public static GitHubValidationException Invalid(string what) => GitHubNames.Invalid(what);

    private static string Repository(Repository repository)
    {
        GitHubNames.Check(repository);
        return $"repos/{repository.Owner}/{repository.Name}";
    }
}
