using System.Collections.Frozen;

namespace Idp.GitHub;

/// <summary>The names of the operations, as meters show them.</summary>
internal static class Operations
{
    public const string GetInstallation = "get_installation";
    public const string CreateInstallationToken = "create_installation_token";
    public const string GetRepository = "get_repository";
    public const string CreateRepository = "create_repository";
    public const string GenerateRepository = "generate_repository";
    public const string UpdateRepository = "update_repository";
    public const string DeleteRepository = "delete_repository";
    public const string ReplaceTopics = "replace_topics";
    public const string GetContents = "get_contents";
    public const string GetFile = "get_file";
    public const string GetBranch = "get_branch";
    public const string GetHeadCommit = "get_head_commit";

    /// <summary>Those that create content, for which GitHub has limits of its own.</summary>
    /// <remarks>GitHub does not list them; everything that leaves something is taken for one, but pushes: those are none of the API's.</remarks>
    public static readonly FrozenSet<string> CreateContent = FrozenSet.ToFrozenSet(
        [CreateRepository, GenerateRepository, PullRequestOperations.Create], StringComparer.Ordinal);
}

/// <summary>The names of the operations of <see cref="RepositoryAdministration"/>, as meters show them.</summary>
internal static class AdministrationOperations
{
    public const string GetTeam = "get_team";
    public const string GetTeamRepository = "get_team_repository";
    public const string PutTeamRepository = "put_team_repository";
    public const string GetProperties = "get_properties";
    public const string UpdateProperties = "update_properties";
    public const string ListEnvironments = "list_environments";
    public const string PutEnvironment = "put_environment";
    public const string ListVariables = "list_variables";
    public const string CreateVariable = "create_variable";
    public const string UpdateVariable = "update_variable";
    public const string GetAlerts = "get_vulnerability_alerts";
    public const string PutAlerts = "put_vulnerability_alerts";
    public const string DeleteAlerts = "delete_vulnerability_alerts";
    public const string ListRulesets = "list_rulesets";
    public const string GetRuleset = "get_ruleset";
    public const string CreateRuleset = "create_ruleset";
    public const string UpdateRuleset = "update_ruleset";
}

/// <summary>The names of the operations of <see cref="PullRequests"/>, as meters show them.</summary>
internal static class PullRequestOperations
{
    public const string List = "list_pull_requests";
    public const string Get = "get_pull_request";
    public const string Create = "create_pull_request";
    public const string Update = "update_pull_request";
    public const string ListCheckRuns = "list_check_runs";
    public const string GetCombinedStatus = "get_combined_status";
}

/// <summary>The names of Git's own requests, as meters show them.</summary>
internal static class GitOperations
{
    public const string ListForPush = "git_push_refs";
    public const string Push = "git_push";
    public const string ListForFetch = "git_fetch_refs";
    public const string Fetch = "git_fetch";
}
