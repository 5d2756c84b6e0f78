using Idp.Entities;

namespace Idp.Operator.Settings;

/// <summary>What must be true of <c>github.repository</c> beyond its types.</summary>
internal sealed class GitHubRepositoryRules(SettingsChecks checks, GitHubRepositorySettings repository)
{
    private const string Path = "github.repository";
    private const string TeamSlug = "[a-z0-9][a-z0-9_-]*";
    private static readonly string[] Names = ["application", "team", "namespace"];

    public void Check()
    {
        var merge = repository.Merge;
        checks.Require(
            $"{Path}.merge", (merge.Squash ?? true) || (merge.Merge ?? true) || (merge.Rebase ?? true), "must leave one way to merge");
        Text($"{Path}.homepage", repository.Homepage);
        checks.Require(
            $"{Path}.homepage",
            repository.Homepage.Length == 0
            || (Uri.TryCreate(Filled(repository.Homepage), UriKind.Absolute, out var page) && page.Scheme is "https" or "http"),
            "must be an https address");
        foreach (var (index, team) in repository.Teams.Index())
        {
            Team($"{Path}.teams[{index}].team", team.Team);
        }

        Map($"{Path}.customProperties", repository.CustomProperties, "[A-Za-z0-9_#$-]{1,75}", "the name of a custom property");
        Map($"{Path}.variables", repository.Variables, "[A-Z_][A-Z0-9_]*", "the name of a variable, in upper case");
        foreach (var name in repository.Variables.Keys.Where(name => name.StartsWith("GITHUB_", StringComparison.Ordinal)))
        {
            checks.Require(Yaml.YamlPath.Key($"{Path}.variables", name), false, "names that begin with GITHUB_ are GitHub's");
        }

        Reviewers("Development", repository.Environments?.Reviewers.Development);
        Reviewers("Staging", repository.Environments?.Reviewers.Staging);
        Reviewers("Production", repository.Environments?.Reviewers.Production);
        Ruleset();
    }

    private void Reviewers(string stage, IReadOnlyList<string>? teams)
    {
        var path = $"{Path}.environments.reviewers.{stage}";
        checks.Require(path, teams is null or { Count: <= 6 }, "must hold six teams at most");
        foreach (var (index, team) in (teams ?? []).Index())
        {
            Team($"{path}[{index}]", team);
        }
    }

    private void Ruleset()
    {
        if (repository.Ruleset is not { } ruleset)
        {
            return;
        }

        checks.Require($"{Path}.ruleset.name", ruleset.Name.Length is > 0 and <= 100, "must be a name");
        checks.Require($"{Path}.ruleset.requiredApprovals", ruleset.RequiredApprovals is null or (>= 0 and <= 10), "must be from 0 to 10");
        foreach (var (index, check) in ruleset.RequiredChecks.Index())
        {
            checks.Require($"{Path}.ruleset.requiredChecks[{index}]", check.Length > 0, "must be the name of a check");
        }
    }

    private void Map(string path, IReadOnlyDictionary<string, string> map, string pattern, string expected)
    {
        foreach (var (name, value) in map)
        {
            var entry = Yaml.YamlPath.Key(path, name);
            checks.Fits(entry, name, pattern, expected);
            Text(entry, value);
        }
    }

    private void Team(string path, string team)
    {
        checks.Rule(path, team, ["team"]);
        checks.Fits(path, Filled(team), TeamSlug, "the slug of a team");
    }

    private void Text(string path, string text)
    {
        checks.Rule(path, text, Names);
        checks.Fits(path, text, Patterns.Line, "a line of text", optional: true);
    }

    private static string Filled(string rule) => Placeholders.Fill(rule, _ => "x");
}
