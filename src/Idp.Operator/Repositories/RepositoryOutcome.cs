using Idp.GitHub;

namespace Idp.Operator.Repositories;

/// <summary>How a repository stands after a reconcile did what it could.</summary>
public sealed record RepositoryOutcome
{
    /// <summary>The repository as GitHub described it last; null while there is none that is ours.</summary>
    public Repository? Repository { get; init; }

    /// <summary>The scaffold's commit; null until it is laid.</summary>
    public string? Commit { get; init; }

    /// <summary>The golden path it was made from; null where it is not known.</summary>
    public RepositoryMarker? Marker { get; init; }

    /// <summary>What is wrong; null where all is as wanted.</summary>
    public RepositoryProblem? Problem { get; init; }

    /// <summary>When GitHub is to be asked again, should nothing change before; null for the usual time.</summary>
    public TimeSpan? NextLook { get; init; }

    /// <summary>The parts beyond its files that GitHub refused; all else is as wanted.</summary>
    public IReadOnlyList<FeatureRefusal> Refusals { get; init; } = [];

    /// <summary>Whether this very reconcile laid the golden path.</summary>
    public bool WasMade { get; init; }

    /// <summary>Whether the repository exists with its golden path.</summary>
    public bool IsThere => Repository is not null && Commit is not null;
}
