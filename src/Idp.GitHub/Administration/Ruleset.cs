namespace Idp.GitHub;

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
