namespace Idp.GitHub;

/// <summary>The environments that the workflows of a repository deploy to.</summary>
/// <remarks>See <see href="https://docs.github.com/en/rest/deployments/environments"/>.</remarks>
public sealed class DeploymentEnvironments
{
    private const int PageSize = 100;
    private readonly GitHubTransport _transport;

    internal DeploymentEnvironments(GitHubTransport transport) => _transport = transport;

    /// <summary>Returns all environments.</summary>
    /// <remarks>
    /// One request for each hundred. See <see href="https://docs.github.com/en/rest/deployments/environments#list-environments"/>.
    /// </remarks>
    public async Task<IReadOnlyList<DeploymentEnvironment>> ListAsync(Repository repository, CancellationToken cancellationToken)
    {
        List<DeploymentEnvironment> found = [];
        for (var page = 1; ; page++)
        {
            var request = new GitHubRequest(
                AdministrationOperations.ListEnvironments,
                HttpMethod.Get,
                AdministrationPath.Page(repository, "environments", PageSize, page),
                $"list the environments of {repository.FullName}");
            var part = await _transport.SendAsync(request, AdministrationJson.Default.EnvironmentPage, cancellationToken);
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
    public async Task PutAsync(Repository repository, DeploymentEnvironment environment, CancellationToken cancellationToken)
    {
        var request = new GitHubRequest(
            AdministrationOperations.PutEnvironment,
            HttpMethod.Put,
            AdministrationPath.Environment(repository, environment.Name),
            $"set the environment {environment.Name} of {repository.FullName}")
            .With(NewEnvironment.From(environment), AdministrationJson.Default.NewEnvironment);
        await _transport.SendAsync(request, cancellationToken);
    }
}
