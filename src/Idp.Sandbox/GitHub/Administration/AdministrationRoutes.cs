namespace Idp.Sandbox.GitHub;

/// <summary>Does one thing to one repository.</summary>
internal delegate Task<Reply> RepositoryHandler(StoredRepository repository, ApiCall call, CancellationToken cancellationToken);

/// <summary>Finds out what a request wants of a repository beyond its files and its own settings.</summary>
internal sealed class AdministrationRoutes
{
    private readonly PropertyEndpoints _properties;
    private readonly EnvironmentEndpoints _environments;
    private readonly VariableEndpoints _variables;
    private readonly RulesetEndpoints _rulesets;

    public AdministrationRoutes(RepositoryStore store, RepositoryJson json, GitHubServerOptions options, Uri baseAddress)
    {
        var teams = new TeamStore(options);
        Teams = new TeamEndpoints(teams, store, json, baseAddress);
        _properties = new PropertyEndpoints(store, options);
        _environments = new EnvironmentEndpoints(store, teams, Teams, json, options.Clock);
        _variables = new VariableEndpoints(store, options.Clock);
        _rulesets = new RulesetEndpoints(store, json, options.Clock);
    }

    public TeamEndpoints Teams { get; }

    /// <summary>Says what it is and how it is done, for the part of the path behind the repository.</summary>
    public (string Operation, RepositoryHandler? Handler) Choose(ApiCall call, string[] rest) => (call.Method, rest) switch
    {
        ("GET", ["properties", "values"]) => ("get_properties", Now((repository, _) => _properties.List(repository))),
        ("PATCH", ["properties", "values"]) => ("update_properties", Now(_properties.Update)),
        ("GET", ["vulnerability-alerts"]) => (
            "get_vulnerability_alerts", Now((repository, _) => PropertyEndpoints.ShowAlerts(repository))),
        ("PUT", ["vulnerability-alerts"]) => (
            "put_vulnerability_alerts", Now((repository, _) => _properties.SetAlerts(repository, on: true))),
        ("DELETE", ["vulnerability-alerts"]) => (
            "delete_vulnerability_alerts", Now((repository, _) => _properties.SetAlerts(repository, on: false))),
        ("GET", ["environments"]) => ("list_environments", Now(_environments.List)),
        (_, ["environments", var name]) => Environment(call.Method, name),
        (_, ["actions", "variables", .. var name]) => Variable(call.Method, name),
        (_, ["rulesets", .. var id]) => Ruleset(call.Method, id),
        _ => ("unknown", null),
    };

    /// <summary>The same for what a team may do in a repository.</summary>
    public (string Operation, RepositoryHandler? Handler) ChooseTeam(string method, string slug) => method switch
    {
        "GET" => ("get_team_repository", Now((repository, call) => Teams.ShowRepository(repository, slug, call))),
        "PUT" => ("put_team_repository", Now((repository, call) => Teams.PutRepository(repository, slug, call))),
        "DELETE" => ("delete_team_repository", Now((repository, _) => Teams.DeleteRepository(repository, slug))),
        _ => ("unknown", null),
    };

    private (string Operation, RepositoryHandler? Handler) Environment(string method, string name) => method switch
    {
        "GET" => ("get_environment", Now((repository, _) => _environments.Show(repository, name))),
        "PUT" => ("put_environment", Now((repository, call) => _environments.Put(repository, name, call))),
        "DELETE" => ("delete_environment", Now((repository, _) => _environments.Delete(repository, name))),
        _ => ("unknown", null),
    };

    private (string Operation, RepositoryHandler? Handler) Variable(string method, string[] name) => (method, name) switch
    {
        ("GET", []) => ("list_variables", Now(VariableEndpoints.List)),
        ("POST", []) => ("create_variable", Now(_variables.Create)),
        ("GET", [var one]) => ("get_variable", Now((repository, _) => VariableEndpoints.Show(repository, one))),
        ("PATCH", [var one]) => ("update_variable", Now((repository, call) => _variables.Update(repository, one, call))),
        ("DELETE", [var one]) => ("delete_variable", Now((repository, _) => _variables.Delete(repository, one))),
        _ => ("unknown", null),
    };

    private (string Operation, RepositoryHandler? Handler) Ruleset(string method, string[] id) => (method, id) switch
    {
        ("GET", []) => ("list_rulesets", Now(_rulesets.List)),
        ("POST", []) => ("create_ruleset", Now(_rulesets.Create)),
        ("GET", [var one]) => ("get_ruleset", Now((repository, _) => _rulesets.Show(repository, one))),
        ("PUT", [var one]) => ("update_ruleset", Now((repository, call) => _rulesets.Update(repository, one, call))),
        ("DELETE", [var one]) => ("delete_ruleset", Now((repository, _) => _rulesets.Delete(repository, one))),
        _ => ("unknown", null),
    };

    private static RepositoryHandler Now(Func<StoredRepository, ApiCall, Reply> answer) =>
        (repository, call, _) => Task.FromResult(answer(repository, call));
}
