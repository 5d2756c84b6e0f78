using System.Text.Json;
using System.Text.Json.Serialization;

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

/// <summary>An environment that workflows deploy to, with what protects it.</summary>
/// <remarks>
/// See <see href="https://docs.github.com/en/actions/managing-workflow-runs-and-deployments/managing-deployments/managing-environments-for-deployment"/>.
/// </remarks>
public sealed record DeploymentEnvironment
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The minutes that a deployment waits.</summary>
    public int WaitTimer { get; init; }

    /// <summary>Whether who started a deployment may not approve it.</summary>
    public bool PreventSelfReview { get; init; }

    /// <summary>Who has to approve a deployment: one of them is enough.</summary>
    public IReadOnlyList<EnvironmentReviewer> Reviewers { get; init; } = [];

    /// <summary>The branches that may be deployed; null for all.</summary>
    public DeploymentBranchPolicy? BranchPolicy { get; init; }
}

/// <summary>Which branches may be deployed to an environment; exactly one of the two is true.</summary>
/// <remarks>See <see href="https://docs.github.com/en/rest/deployments/environments#create-or-update-an-environment"/>.</remarks>
/// <param name="ProtectedBranches">Those that are protected.</param>
/// <param name="CustomBranchPolicies">Those that patterns of the environment name.</param>
public sealed record DeploymentBranchPolicy(bool ProtectedBranches, bool CustomBranchPolicies);

/// <summary>A user or team that approves deployments.</summary>
/// <param name="Type"><c>User</c> or <c>Team</c>.</param>
/// <param name="Id">The number of the user or team.</param>
/// <param name="Name">The login or slug, where GitHub said it.</param>
public sealed record EnvironmentReviewer(string Type, long Id, string? Name = null)
{
    /// <summary>A team, by its number.</summary>
    public static EnvironmentReviewer Team(long id, string slug) => new("Team", id, slug);
}

/// <summary>Some of the environments.</summary>
internal sealed record EnvironmentPage(List<EnvironmentBody> Environments);

/// <summary>An environment, read.</summary>
internal sealed record EnvironmentBody(string Name, List<ProtectionBody>? ProtectionRules, DeploymentBranchPolicy? DeploymentBranchPolicy)
{
    public DeploymentEnvironment ToEnvironment()
    {
        var review = ProtectionRules?.FirstOrDefault(rule => rule.Type == "required_reviewers");
        return new DeploymentEnvironment
        {
            Name = Name,
            WaitTimer = ProtectionRules?.FirstOrDefault(rule => rule.Type == "wait_timer")?.WaitTimer ?? 0,
            PreventSelfReview = review?.PreventSelfReview ?? false,
            Reviewers = [.. review?.Reviewers?.Select(each => each.ToReviewer()) ?? []],
            BranchPolicy = DeploymentBranchPolicy,
        };
    }
}

/// <summary>One of the rules that protect an environment; the type says which members are there.</summary>
internal sealed record ProtectionBody(string Type, int? WaitTimer, bool? PreventSelfReview, List<ReviewerBody>? Reviewers);

/// <summary>A reviewer, read.</summary>
internal sealed record ReviewerBody(string Type, ReviewerIdentity Reviewer)
{
    public EnvironmentReviewer ToReviewer() => new(Type, Reviewer.Id, Reviewer.Slug ?? Reviewer.Login);
}

/// <summary>The user or team that reviews.</summary>
internal sealed record ReviewerIdentity(long Id, string? Slug, string? Login);

/// <summary>An environment, to be written: whole, because GitHub may take back what is left out.</summary>
internal sealed record NewEnvironment(
    int WaitTimer,
    bool PreventSelfReview,
    IReadOnlyList<NewReviewer> Reviewers,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] DeploymentBranchPolicy? DeploymentBranchPolicy)
{
    public static NewEnvironment From(DeploymentEnvironment environment) => new(
        environment.WaitTimer,
        environment.PreventSelfReview,
        [.. environment.Reviewers.Select(reviewer => new NewReviewer(reviewer.Type, reviewer.Id))],
        environment.BranchPolicy);
}

/// <summary>A reviewer, to be written.</summary>
internal sealed record NewReviewer(string Type, long Id);
