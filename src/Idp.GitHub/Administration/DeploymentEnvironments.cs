using System.Text.Json;

namespace Idp.GitHub;

/// <summary>The environments that the workflows of a repository deploy to.</summary>
/// <remarks>See <see href="https://docs.github.com/en/rest/deployments/environments"/>.</remarks>
public sealed class DeploymentEnvironments
{
    private const int PageSize = 100;
    private readonly GitHubCalls _calls;

    internal DeploymentEnvironments(GitHubCalls calls) => _calls = calls;

    /// <summary>Returns all environments.</summary>
    /// <remarks>
    /// One request for each hundred. See <see href="https://docs.github.com/en/rest/deployments/environments#list-environments"/>.
    /// </remarks>
    public async Task<IReadOnlyList<DeploymentEnvironment>> ListAsync(Repository repository, CancellationToken cancellationToken)
    {
        GitHubNames.Check(repository);
        List<DeploymentEnvironment> found = [];
        for (var page = 1; ; page++)
        {
            // Octokit's model has nothing of what protects an environment.
            var call = new GitHubCallContext(AdministrationOperations.ListEnvironments, $"list the environments of {repository.FullName}");
            var part = await _calls.RunAsync(call, client => client.GetPage<EnvironmentPage>(AddressOf(repository), PageSize, page), cancellationToken);
            found.AddRange(part.Environments.Select(environment => environment.ToEnvironment()));
            if (part.Environments.Count < PageSize)
            {
                return found;
            }
        }
    }

    /// <summary>Makes the environment, or sets all that protects it to what stands here.</summary>
    /// <remarks>
    /// Reviewers need access to the repository. See
    /// <see href="https://docs.github.com/en/rest/deployments/environments#create-or-update-an-environment"/>.
    /// </remarks>
    public Task PutAsync(Repository repository, DeploymentEnvironment environment, CancellationToken cancellationToken)
    {
        GitHubNames.Check(repository);
        GitHubNames.CheckEnvironment(environment.Name);

        // Octokit does not have it.
        var call = new GitHubCallContext(AdministrationOperations.PutEnvironment, $"set the environment {environment.Name} of {repository.FullName}");
        var address = new Uri($"{AddressOf(repository)}/{Uri.EscapeDataString(environment.Name)}", UriKind.Relative);
        return _calls.TryAsync(call, client => client.Put<JsonElement>(address, NewEnvironment.From(environment)), cancellationToken);
    }

    private static Uri AddressOf(Repository repository) => Octokit.ApiUrls.DeploymentEnvironments(repository.Owner, repository.Name);
}
