using System.Text.Json;
using System.Text.Json.Nodes;

namespace Idp.GitHub;

/// <summary>The values that a repository has for the custom properties that its organisation defines.</summary>
/// <remarks>See <see href="https://docs.github.com/en/rest/repos/custom-properties"/>.</remarks>
public sealed class CustomProperties
{
    private readonly GitHubTransport _transport;

    internal CustomProperties(GitHubTransport transport) => _transport = transport;

    /// <summary>Returns the values by name; of a property with several values, their JSON.</summary>
    /// <remarks>
    /// See <see href="https://docs.github.com/en/rest/repos/custom-properties#get-all-custom-property-values-for-a-repository"/>.
    /// </remarks>
    public async Task<IReadOnlyDictionary<string, string>> ListAsync(Repository repository, CancellationToken cancellationToken)
    {
        var request = new GitHubRequest(
            AdministrationOperations.GetProperties,
            HttpMethod.Get,
            AdministrationPath.Below(repository, "properties/values"),
            $"list the custom properties of {repository.FullName}");
        var values = await _transport.SendAsync(request, AdministrationJson.Default.ListPropertyBody, cancellationToken);
        return values.Where(each => each.Value is not null)
            .DistinctBy(each => each.PropertyName)
            .ToDictionary(each => each.PropertyName, each => TextOf(each.Value!), StringComparer.Ordinal);
    }

    /// <summary>Sets these properties and leaves the others alone.</summary>
    /// <remarks>
    /// See <see href="https://docs.github.com/en/rest/repos/custom-properties#create-or-update-custom-property-values-for-a-repository"/>.
    /// </remarks>
    /// <exception cref="GitHubValidationException">The organisation defines no such property, or it does not allow the value.</exception>
    public async Task SetAsync(
        Repository repository, IReadOnlyDictionary<string, string> values, CancellationToken cancellationToken)
    {
        var body = new PropertiesBody([.. values.Select(value => new PropertyBody(value.Key, value.Value))]);
        var request = new GitHubRequest(
            AdministrationOperations.UpdateProperties,
            HttpMethod.Patch,
            AdministrationPath.Below(repository, "properties/values"),
            $"set the custom properties {string.Join(", ", values.Keys)} of {repository.FullName}")
            .With(body, AdministrationJson.Default.PropertiesBody);
        await _transport.SendAsync(request, cancellationToken);
    }

    private static string TextOf(JsonNode value) =>
        value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString();
}
