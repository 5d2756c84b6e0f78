using Idp.GitHub;

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

    /// <summary>What the operator signs with; null where nothing is to be signed.</summary>
    internal OwnershipKeys? Keys { get; init; }

    /// <summary>The date of the scaffold commit: fixed, so that a repeated run makes the same commit.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>The marker as it is committed: signed for one repository.</summary>
    internal RepositoryMarker MarkerFor(Repository repository) => Marker.SignFor(Desired.BelongsTo, repository.Id, SigningKeys);

    /// <summary>A request to create the repository, with the sign whose it will be.</summary>
    internal NewRepository Announced(NewRepository request, DateTimeOffset now) =>
        request with { Description = SetUpNotice.Of(SigningKeys, Desired.BelongsTo, Desired.FullName, now).ToString() };

    private OwnershipKeys SigningKeys => Keys ?? throw new InvalidOperationException("The plan makes nothing, so nothing is signed.");
}
