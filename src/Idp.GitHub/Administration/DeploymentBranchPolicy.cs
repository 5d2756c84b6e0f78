namespace Idp.GitHub;

/// <summary>Which branches may be deployed to an environment; exactly one of the two is true.</summary>
/// <remarks>See <see href="https://docs.github.com/en/rest/deployments/environments#create-or-update-an-environment"/>.</remarks>
/// <param name="ProtectedBranches">Those that are protected.</param>
/// <param name="CustomBranchPolicies">Those that patterns of the environment name.</param>
public sealed record DeploymentBranchPolicy(bool ProtectedBranches, bool CustomBranchPolicies);
