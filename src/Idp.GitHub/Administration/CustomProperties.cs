using System.Text.Json;

namespace Idp.GitHub;

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
