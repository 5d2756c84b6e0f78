namespace Idp.Operator.Settings;

/// <summary>The ruleset for the default branch: nobody deletes it or forces it, and what else is set here.</summary>
/// <remarks>
/// Rules that people add to it, and who may bypass it, are left alone.
/// https://docs.github.com/en/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets/about-rulesets
/// </remarks>
public sealed record RulesetSettings
{
    /// <summary>The name, by which it is found again.</summary>
    public string Name { get; init; } = "idp-default-branch";

    /// <summary>How many approvals a change needs; 0 asks for a pull request only, null for none.</summary>
    public int? RequiredApprovals { get; init; } = 1;

    /// <summary>The checks that must have passed.</summary>
    public IReadOnlyList<string> RequiredChecks { get; init; } = [];

    /// <summary>Whether it holds.</summary>
    public RulesetEnforcementSetting Enforcement { get; init; } = RulesetEnforcementSetting.Active;
}
