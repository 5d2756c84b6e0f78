namespace Idp.GitHub;

/// <summary>The rulesets of a repository itself; those of its organisation are not among them.</summary>
/// <remarks>See <see href="https://docs.github.com/en/rest/repos/rules"/>.</remarks>
public sealed class RepositoryRulesets
{
    private const int PageSize = 100;
    private readonly GitHubTransport _transport;

    internal RepositoryRulesets(GitHubTransport transport) => _transport = transport;

    /// <summary>Returns the ruleset for branches that has this name, or null.</summary>
    /// <remarks>
    /// One request for each hundred rulesets and one for the ruleset. See
    /// <see href="https://docs.github.com/en/rest/repos/rules#get-all-repository-rulesets"/>.
    /// </remarks>
    /// <exception cref="FeatureUnavailableException">The plan has no rulesets for such a repository.</exception>
    public async Task<Ruleset?> FindAsync(Repository repository, string name, CancellationToken cancellationToken)
    {
        for (var page = 1; ; page++)
        {
            var request = new GitHubRequest(
                AdministrationOperations.ListRulesets,
                HttpMethod.Get,
                AdministrationPath.Page(repository, "rulesets?includes_parents=false", PageSize, page),
                $"list the rulesets of {repository.FullName}");
            var part = await _transport.SendAsync(request, AdministrationJson.Default.ListRulesetHead, cancellationToken);
            if (part.Find(each => each.Name == name && each is { Target: null or "branch", SourceType: null or "Repository" }) is { } found)
            {
                return await GetAsync(repository, found.Id, cancellationToken);
            }

            if (part.Count < PageSize)
            {
                return null;
            }
        }
    }

    /// <summary>Makes a ruleset; not to be repeated without looking, for GitHub may make a second one.</summary>
    /// <remarks>See <see href="https://docs.github.com/en/rest/repos/rules#create-a-repository-ruleset"/>.</remarks>
    public async Task<Ruleset> CreateAsync(Repository repository, Ruleset ruleset, CancellationToken cancellationToken)
    {
        var request = new GitHubRequest(
            AdministrationOperations.CreateRuleset,
            HttpMethod.Post,
            AdministrationPath.Below(repository, "rulesets"),
            $"make the ruleset {ruleset.Name} of {repository.FullName}")
            .With(NewRuleset.From(ruleset), AdministrationJson.Default.NewRuleset);
        return (await _transport.SendAsync(request, AdministrationJson.Default.RulesetBody, cancellationToken)).ToRuleset();
    }

    /// <summary>Makes the ruleset of that number what stands here; who may bypass it stays.</summary>
    /// <remarks>See <see href="https://docs.github.com/en/rest/repos/rules#update-a-repository-ruleset"/>.</remarks>
    public async Task<Ruleset> UpdateAsync(Repository repository, Ruleset ruleset, CancellationToken cancellationToken)
    {
        var request = new GitHubRequest(
            AdministrationOperations.UpdateRuleset,
            HttpMethod.Put,
            AdministrationPath.Below(repository, $"rulesets/{ruleset.Id}"),
            $"set the ruleset {ruleset.Name} of {repository.FullName}")
            .With(NewRuleset.From(ruleset), AdministrationJson.Default.NewRuleset);
        return (await _transport.SendAsync(request, AdministrationJson.Default.RulesetBody, cancellationToken)).ToRuleset();
    }

    private async Task<Ruleset> GetAsync(Repository repository, long id, CancellationToken cancellationToken)
    {
        var request = new GitHubRequest(
            AdministrationOperations.GetRuleset,
            HttpMethod.Get,
            AdministrationPath.Below(repository, $"rulesets/{id}"),
            $"show ruleset {id} of {repository.FullName}");
        return (await _transport.SendAsync(request, AdministrationJson.Default.RulesetBody, cancellationToken)).ToRuleset();
    }
}
