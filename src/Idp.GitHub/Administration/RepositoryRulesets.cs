using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

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
            var part = await _calls.RunAsync(call, client => client.GetPage<List<RulesetSummary>>(address, PageSize, page), cancellationToken);
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

/// <summary>Rules for some branches of a repository.</summary>
/// <remarks>
/// Who may bypass it is not part of this: it is neither read nor written, so it stays as it was set. See
/// <see href="https://docs.github.com/en/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets/about-rulesets"/>.
/// </remarks>
public sealed record Ruleset
{
    /// <summary>The pattern for whichever branch is the default one.</summary>
    public const string DefaultBranch = "~DEFAULT_BRANCH";

    /// <summary>The number by which GitHub knows it; 0 for one that is still to be made.</summary>
    public long Id { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Whether it holds.</summary>
    public RulesetEnforcement Enforcement { get; init; } = RulesetEnforcement.Active;

    /// <summary>The branches that it is for: patterns such as <c>refs/heads/release/*</c>, or <see cref="DefaultBranch"/>.</summary>
    public IReadOnlyList<string> Include { get; init; } = [DefaultBranch];

    /// <summary>The branches that it is not for, though included.</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>The rules.</summary>
    public IReadOnlyList<RulesetRule> Rules { get; init; } = [];
}

/// <summary>Whether a ruleset holds.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RulesetEnforcement>))]
public enum RulesetEnforcement
{
    /// <summary>It does not.</summary>
    [JsonStringEnumMemberName("disabled")]
    Disabled,

    /// <summary>It does.</summary>
    [JsonStringEnumMemberName("active")]
    Active,

    /// <summary>It only tells whom it would have stopped; GitHub Enterprise alone knows that.</summary>
    [JsonStringEnumMemberName("evaluate")]
    Evaluate,
}

/// <summary>One rule of a ruleset, in GitHub's own words: there are more kinds of rules than are known here.</summary>
/// <remarks>See <see href="https://docs.github.com/en/rest/repos/rules#create-a-repository-ruleset"/>.</remarks>
/// <param name="Type">What it is about, such as <c>pull_request</c>.</param>
/// <param name="Parameters">The parameters; null for a rule without any.</param>
public sealed record RulesetRule(string Type, JsonObject? Parameters = null);

/// <summary>A ruleset as lists show it.</summary>
internal sealed record RulesetSummary(long Id, string Name, string? Target, string? SourceType);

/// <summary>A ruleset, read.</summary>
internal sealed record RulesetBody(
    long Id, string Name, RulesetEnforcement Enforcement, RulesetConditions? Conditions, List<RulesetRule>? Rules)
{
    public Ruleset ToRuleset() => new()
    {
        Id = Id,
        Name = Name,
        Enforcement = Enforcement,
        Include = Conditions?.RefName?.Include ?? [],
        Exclude = Conditions?.RefName?.Exclude ?? [],
        Rules = Rules ?? [],
    };
}

/// <summary>What a ruleset is for.</summary>
internal sealed record RulesetConditions(RefNames? RefName);

/// <summary>The branches that a ruleset is for.</summary>
internal sealed record RefNames(IReadOnlyList<string> Include, IReadOnlyList<string> Exclude);

/// <summary>A ruleset, to be written.</summary>
internal sealed record NewRuleset(
    string Name, string Target, RulesetEnforcement Enforcement, RulesetConditions Conditions, IReadOnlyList<RulesetRule> Rules)
{
    public static NewRuleset From(Ruleset ruleset) => new(
        ruleset.Name,
        "branch",
        ruleset.Enforcement,
        new RulesetConditions(new RefNames(ruleset.Include, ruleset.Exclude)),
        ruleset.Rules);
}
