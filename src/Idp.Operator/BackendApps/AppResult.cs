using Idp.Kubernetes.Apply;
using Idp.Operator.Repositories;

namespace Idp.Operator.BackendApps;

/// <summary>What came of carrying out a plan.</summary>
public sealed record AppResult
{
    /// <summary>How the application's repository stands.</summary>
    public required RepositoryOutcome Repository { get; init; }

    /// <summary>How the deployment repository stands; null where the application's repository is all there is.</summary>
    public RepositoryOutcome? Deployment { get; init; }

    /// <summary>How both stand together: there only if both are, and wrong if one of them is.</summary>
    public RepositoryOutcome Repositories => RepositoriesStatus.Of(Repository, Deployment);

    /// <summary>The environments, in the order of the manifest.</summary>
    public required IReadOnlyList<EnvironmentView> Environments { get; init; }

    /// <summary>What the applier did; null where nothing was applied.</summary>
    public ApplyReport? Report { get; init; }

    /// <summary>Whether the environments were applied.</summary>
    public bool WereApplied => Report is not null;
}
