namespace Idp.GitHub;

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
