namespace Idp.GitHub;

/// <summary>A rule of the repository or its organisation refuses commits to the branch.</summary>
/// <remarks>
/// Not terminal: whoever made the rule can let the operator's App bypass it. See
/// <see href="https://docs.github.com/en/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets/about-rulesets"/>.
/// </remarks>
public sealed class BranchProtectedException(GitHubFailure failure) : GitHubException(failure)
{
    /// <inheritdoc/>
    public override bool IsTerminal => false;
}
