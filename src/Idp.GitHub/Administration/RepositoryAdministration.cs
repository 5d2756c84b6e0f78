using System.Net;
using System.Text.Json;

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

/// <summary>The values that a repository has for the custom properties that its organisation defines.</summary>
/// <remarks>See <see href="https://docs.github.com/en/rest/repos/custom-properties"/>.</remarks>
public sealed class CustomProperties
{
    private readonly GitHubCalls _calls;

    internal CustomProperties(GitHubCalls calls) => _calls = calls;

    /// <summary>Returns the values by name; of a property with several values, their JSON.</summary>
    /// <remarks>
    /// See <see href="https://docs.github.com/en/rest/repos/custom-properties#get-all-custom-property-values-for-a-repository"/>.
    /// </remarks>
    public async Task<IReadOnlyDictionary<string, string>> ListAsync(Repository repository, CancellationToken cancellationToken)
    {
        GitHubNames.Check(repository);
        var call = new GitHubCallContext(AdministrationOperations.GetProperties, $"list the custom properties of {repository.FullName}");
        var values = await _calls.RunAsync(
            call, client => client.Repository.CustomProperty.GetAll(repository.Owner, repository.Name), cancellationToken);
        return values.Where(each => each.Value is not null)
            .DistinctBy(each => each.PropertyName)
            .ToDictionary(each => each.PropertyName, TextOf, StringComparer.Ordinal);
    }

    /// <summary>Sets these properties and leaves the others alone.</summary>
    /// <remarks>
    /// See <see href="https://docs.github.com/en/rest/repos/custom-properties#create-or-update-custom-property-values-for-a-repository"/>.
    /// </remarks>
    /// <exception cref="GitHubValidationException">The organisation defines no such property, or it does not allow the value.</exception>
    public Task SetAsync(
        Repository repository, IReadOnlyDictionary<string, string> values, CancellationToken cancellationToken)
    {
        GitHubNames.Check(repository);
        var call = new GitHubCallContext(
            AdministrationOperations.UpdateProperties, $"set the custom properties {string.Join(", ", values.Keys)} of {repository.FullName}");
        var wanted = new Octokit.UpsertRepositoryCustomPropertyValues
        {
            Properties = [.. values.Select(value => new Octokit.CustomPropertyValueUpdate(value.Key, value.Value))],
        };
        return _calls.TryAsync(
            call, client => client.Repository.CustomProperty.CreateOrUpdate(repository.Owner, repository.Name, wanted), cancellationToken);
    }

    // Octokit shows a list as text of its own, and a text as a list of one as well.
    private static string TextOf(Octokit.CustomPropertyValue value) => value.Values is not { } values || values is [var only] && only == value.Value
        ? value.Value
        : JsonSerializer.Serialize(values, AdministrationJson.Default.IReadOnlyListString);
}

/// <summary>Whether GitHub tells of known vulnerabilities in what a repository depends on.</summary>
/// <remarks>See <see href="https://docs.github.com/en/code-security/dependabot/dependabot-alerts/about-dependabot-alerts"/>.</remarks>
public sealed class VulnerabilityAlerts
{
    private readonly GitHubCalls _calls;

    internal VulnerabilityAlerts(GitHubCalls calls) => _calls = calls;

    /// <summary>Returns whether alerts are on; off is also what a token hears that may not know.</summary>
    /// <remarks>
    /// See <see href="https://docs.github.com/en/rest/repos/repos#check-if-vulnerability-alerts-are-enabled-for-a-repository"/>.
    /// </remarks>
    public Task<bool> AreOnAsync(Repository repository, CancellationToken cancellationToken)
    {
        GitHubNames.Check(repository);
        var call = new GitHubCallContext(AdministrationOperations.GetAlerts, $"show whether {repository.FullName} has vulnerability alerts")
        {
            Expected = [HttpStatusCode.NotFound],
        };
        return _calls.TryAsync(
            call, client => client.Repository.AreVulnerabilityAlertsEnabled(repository.Owner, repository.Name), cancellationToken);
    }

    /// <summary>Turns alerts on or off.</summary>
    /// <remarks>See <see href="https://docs.github.com/en/rest/repos/repos#enable-vulnerability-alerts"/>.</remarks>
    public Task SetAsync(Repository repository, bool on, CancellationToken cancellationToken)
    {
        GitHubNames.Check(repository);
        var call = new GitHubCallContext(
            on ? AdministrationOperations.PutAlerts : AdministrationOperations.DeleteAlerts,
            $"turn vulnerability alerts {(on ? "on" : "off")} for {repository.FullName}");

        // Octokit only asks whether they are on.
        var address = Octokit.ApiUrls.RepositoryVulnerabilityAlerts(repository.Owner, repository.Name);
        return _calls.TryAsync(call, client => on ? client.Connection.Put(address) : client.Connection.Delete(address), cancellationToken);
    }
}
