namespace Idp.GitHub;

/// <summary>The names of Git's own requests, as meters show them.</summary>
internal static class GitOperations
{
    public const string ListForPush = "git_push_refs";
    public const string Push = "git_push";
    public const string ListForFetch = "git_fetch_refs";
    public const string Fetch = "git_fetch";
}
