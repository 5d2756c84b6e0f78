using Idp.Kubernetes.Controllers;
using Idp.Operator.Repositories;

namespace Idp.Operator.BackendApps;

/// <summary>What came of carrying out a plan.</summary>
public sealed record AppResult
{
    /// <summary>How the repository stands.</summary>
    public required RepositoryOutcome Repository { get; init; }

    /// <summary>The environments, in the order of the manifest.</summary>
    public required IReadOnlyList<EnvironmentView> Environments { get; init; }

    /// <summary>What the applier did; null where nothing was applied.</summary>
    public ApplyReport? Report { get; init; }

    /// <summary>Whether the environments were applied.</summary>
    public bool WereApplied => Report is not null;
}
