namespace Idp.GitHub;

/// <summary>The rulesets of a repository itself; those of its organisation are not among them.</summary>
/// <remarks>Octokit has none of it. See <see href="https://docs.github.com/en/rest/repos/rules"/>.</remarks>
public sealed class RepositoryRulesets
{
    private const int PageSize = 100;
    private readonly GitHubCalls _calls;

    internal RepositoryRulesets(GitHubCalls calls) => _calls = calls;

    /// <summary>Returns the ruleset for branches that has this name, or null.</summary>
    /// <remarks>
    /// One request for each hundred rulesets and one for the ruleset. See
    /// <see href="https://docs.github.com/en/rest/repos/rules#get-all-repository-rulesets"/>.
    /// </remarks>
    /// <exception cref="FeatureUnavailableException">The plan has no rulesets for such a repository.</exception>
    public async Task<Ruleset?> FindAsync(Repository repository, string name, CancellationToken cancellationToken)
    {
        var address = new Uri($"{AddressOf(repository)}?includes_parents=false", UriKind.Relative);
        for (var page = 1; ; page++)
        {
            var call = new GitHubCallContext(AdministrationOperations.ListRulesets, $"list the rulesets of {repository.FullName}");
            var part = await _calls.RunAsync(call, client => client.GetPage<List<RulesetHead>>(address, PageSize, page), cancellationToken);
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
        var address = AddressOf(repository);
        var call = new GitHubCallContext(AdministrationOperations.CreateRuleset, $"make the ruleset {ruleset.Name} of {repository.FullName}");
        return (await _calls.RunAsync(call, client => client.Post<RulesetBody>(address, NewRuleset.From(ruleset)), cancellationToken)).ToRuleset();
    }

    /// <summary>Makes the ruleset of that number what stands here; who may bypass it stays.</summary>
    /// <remarks>See <see href="https://docs.github.com/en/rest/repos/rules#update-a-repository-ruleset"/>.</remarks>
    public async Task<Ruleset> UpdateAsync(Repository repository, Ruleset ruleset, CancellationToken cancellationToken)
    {
        var address = AddressOf(repository, ruleset.Id);
        var call = new GitHubCallContext(AdministrationOperations.UpdateRuleset, $"set the ruleset {ruleset.Name} of {repository.FullName}");
        return (await _calls.RunAsync(call, client => client.Put<RulesetBody>(address, NewRuleset.From(ruleset)), cancellationToken)).ToRuleset();
    }

    private async Task<Ruleset> GetAsync(Repository repository, long id, CancellationToken cancellationToken)
    {
        var address = AddressOf(repository, id);
        var call = new GitHubCallContext(AdministrationOperations.GetRuleset, $"show ruleset {id} of {repository.FullName}");
        return (await _calls.RunAsync(call, client => client.Get<RulesetBody>(address), cancellationToken)).ToRuleset();
    }

    private static Uri AddressOf(Repository repository, long? id = null)
    {
        GitHubNames.Check(repository);
        return new Uri($"repos/{repository.Owner}/{repository.Name}/rulesets{(id is null ? "" : $"/{id}")}", UriKind.Relative);
    }
}
