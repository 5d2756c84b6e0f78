namespace Idp.GitHub;

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
