namespace Idp.Sandbox.GitHub;

/// <summary>What the token may not do.</summary>
/// <remarks>See https://docs.github.com/en/rest/authentication/permissions-required-for-github-apps.</remarks>
internal sealed class MissingPermissions(IReadOnlyList<string> missing)
{
    private const string Administration = "administration=write";
    private const string Contents = "contents=write";

    // What is not named here needs metadata=read, which every token has.
    private static readonly Dictionary<string, string> Needed = new()
    {
        ["create_repository"] = Administration,
        ["generate_repository"] = Administration,
        ["update_repository"] = Administration,
        ["delete_repository"] = Administration,
        ["replace_topics"] = Administration,
        ["get_contents"] = "contents=read",
        ["put_contents"] = Contents,
        ["git_receive_pack"] = Contents,
        ["git_receive_pack_refs"] = Contents,
        ["list_pull_requests"] = "pull_requests=read",
        ["get_pull_request"] = "pull_requests=read",
        ["get_merged"] = "pull_requests=read",
        ["create_pull_request"] = "pull_requests=write",
        ["update_pull_request"] = "pull_requests=write",
        ["merge_pull_request"] = Contents,
        ["list_issue_comments"] = "pull_requests=read",
        ["get_issue_comment"] = "pull_requests=read",
        ["create_issue_comment"] = "pull_requests=write",
        ["update_issue_comment"] = "pull_requests=write",
        ["delete_issue_comment"] = "pull_requests=write",
        ["list_check_runs"] = "checks=read",
        ["get_check_run"] = "checks=read",
        ["create_check_run"] = "checks=write",
        ["update_check_run"] = "checks=write",
        ["get_combined_status"] = "statuses=read",
        ["list_statuses"] = "statuses=read",
        ["create_status"] = "statuses=write",
        ["create_team"] = "members=write",
        ["get_team"] = "members=read",
        ["get_team_repository"] = "members=read",
        ["put_team_repository"] = "administration=write,members=read",
        ["delete_team_repository"] = "administration=write,members=read",
        ["update_properties"] = "repository_custom_properties=write",
        ["get_vulnerability_alerts"] = "administration=read",
        ["put_vulnerability_alerts"] = Administration,
        ["delete_vulnerability_alerts"] = Administration,
        ["list_environments"] = "actions=read",
        ["get_environment"] = "actions=read",
        ["put_environment"] = Administration,
        ["delete_environment"] = Administration,
        ["list_variables"] = "variables=read",
        ["get_variable"] = "variables=read",
        ["create_variable"] = "variables=write",
        ["update_variable"] = "variables=write",
        ["delete_variable"] = "variables=write",
        ["create_ruleset"] = Administration,
        ["update_ruleset"] = Administration,
        ["delete_ruleset"] = Administration,
    };

    private volatile IReadOnlyList<string> _missing = missing;

    /// <summary>From now on the token lacks these: <c>administration</c> altogether, <c>administration=write</c> for writing only.</summary>
    public void Set(IReadOnlyList<string> missing) => _missing = missing;

    /// <summary>GitHub's refusal, which names what would do; null where nothing is lacking.</summary>
    public Reply? Refuse(string operation)
    {
        var now = _missing;
        if (!Needed.TryGetValue(operation, out var needed)
            || !needed.Split(',').Any(each => now.Contains(each) || now.Contains(each.Split('=')[0])))
        {
            return null;
        }

        return Reply.Error(403, "Resource not accessible by integration") with
        {
            Headers = new Dictionary<string, string> { ["X-Accepted-GitHub-Permissions"] = needed },
        };
    }
}
