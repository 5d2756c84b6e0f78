using Idp.GitHub;
using Idp.Operator.GoldenPaths.Updates;
using Idp.Operator.Reporting;
using Idp.Operator.Repositories.Features;

namespace Idp.Operator.Repositories;

/// <summary>All that carrying out a plan needs.</summary>
public sealed record RepositoryWork
{
    /// <summary>What is wanted.</summary>
    public required DesiredRepository Desired { get; init; }

    /// <summary>What was there.</summary>
    public required ObservedRepository Observed { get; init; }

    /// <summary>What is to be done.</summary>
    public required RepositoryPlan Plan { get; init; }

    /// <summary>The marker that goes into the scaffold, without its signature.</summary>
    public required RepositoryMarker Marker { get; init; }

    /// <summary>Changes whenever a fresh look at the repository is due.</summary>
    public required string Version { get; init; }

    /// <summary>The golden path's files; empty where the plan does not lay it.</summary>
    public IReadOnlyList<RepositoryFile> Files { get; init; } = [];

    /// <summary>The lock of these files, without its signature; null where they come from a template repository.</summary>
    public GoldenPathLock? Lock { get; init; }

    /// <summary>The date of the scaffold commit: fixed, so that a repeated run makes the same commit.</summary>
    public required DateTimeOffset Since { get; init; }
}

/// <summary>How a repository stands after a reconcile did what it could.</summary>
public sealed record RepositoryOutcome
{
    /// <summary>The repository as GitHub described it last; null while there is none that is ours.</summary>
    public Repository? Repository { get; init; }

    /// <summary>The scaffold's commit; null until it is laid.</summary>
    public string? Commit { get; init; }

    /// <summary>What the repository says of its origin; null where it is not known.</summary>
    public RepositoryMarker? Marker { get; init; }

    /// <summary>What the golden path brought; null where it is not known.</summary>
    public GoldenPathLock? Lock { get; init; }

    /// <summary>What came of bringing it up to date; null where that was not tried.</summary>
    public UpdateOutcome? Update { get; init; }

    /// <summary>The pull request that brings a newer version, as it was seen last; null where there is none.</summary>
    public PullRequest? PullRequest { get; init; }

    /// <summary>What its checks said.</summary>
    public ChecksState Checks { get; init; }

    /// <summary>What is wrong; null where all is as wanted.</summary>
    public Problem? Problem { get; init; }

    /// <summary>When GitHub is to be asked again, should nothing change before; null for the usual time.</summary>
    public TimeSpan? NextLook { get; init; }

    /// <summary>The parts beyond its files that GitHub refused; all else is as wanted.</summary>
    public IReadOnlyList<FeatureRefusal> Refusals { get; init; } = [];

    /// <summary>Whether this very reconcile laid the golden path.</summary>
    public bool WasMade { get; init; }

    /// <summary>Whether the repository exists with its golden path.</summary>
    public bool IsThere => Repository is not null && Commit is not null;
}
