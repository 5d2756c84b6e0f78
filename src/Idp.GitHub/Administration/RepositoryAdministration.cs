namespace Idp.GitHub;

/// <summary>What a repository is beyond its files and its own settings: who has access, what guards it, what its workflows know.</summary>
/// <remarks>
/// <para>
/// Guarantees: those of <see cref="GitHubClient"/>, whose <see cref="GitHubClient.Administration"/> this is; every call that changes
/// something may be repeated.
/// </para>
/// <para>
/// Assumptions: each part wants a permission of its own, so a refusal of one says nothing of the others. See
/// <see href="https://docs.github.com/en/rest/authentication/permissions-required-for-github-apps"/>.
/// </para>
/// </remarks>
public sealed class RepositoryAdministration
{
    internal RepositoryAdministration(GitHubCalls calls)
    {
        Teams = new TeamAccess(calls);
        Properties = new CustomProperties(calls);
        Environments = new DeploymentEnvironments(calls);
        Variables = new ActionsVariables(calls);
        Alerts = new VulnerabilityAlerts(calls);
        Rulesets = new RepositoryRulesets(calls);
    }

    /// <summary>What teams may do in the repository.</summary>
    public TeamAccess Teams { get; }

    /// <summary>The values of the organisation's custom properties.</summary>
    public CustomProperties Properties { get; }

    /// <summary>The environments that workflows deploy to.</summary>
    public DeploymentEnvironments Environments { get; }

    /// <summary>The variables of workflows.</summary>
    public ActionsVariables Variables { get; }

    /// <summary>Whether GitHub tells of known vulnerabilities.</summary>
    public VulnerabilityAlerts Alerts { get; }

    /// <summary>What guards branches.</summary>
    public RepositoryRulesets Rulesets { get; }
}
