using Idp.GitHub;
using Idp.Operator.GoldenPaths.Updates;
using Idp.Operator.Reporting;
using Idp.Operator.Repositories.Features;

namespace Idp.Operator.Repositories;

/// <summary>What GitHub has under the wanted id or name.</summary>
public sealed record ObservedRepository
{
    /// <summary>Nothing was found.</summary>
    public static readonly ObservedRepository None = new();

    /// <summary>The repository; null where there is none, or none that we may see.</summary>
    public Repository? Repository { get; init; }

    /// <summary>What the repository says of its origin; proves nothing by itself.</summary>
    public RepositoryMarker? Marker { get; init; }

    /// <summary>Whether it is proven to be the one that is wanted: by the id in status or by what only the operator can write.</summary>
    public bool IsProven { get; init; }

    /// <summary>The BackendApp that it is proven to belong to instead, if that one still exists.</summary>
    public string? ProvenOf { get; init; }

    /// <summary>The BackendApp that adopted it last, by the operator's record; null where that was not asked for or none did.</summary>
    public string? Adopter { get; init; }

    /// <summary>Why it must not be touched whatever is proven, as the cluster has it at this moment; null where nothing speaks against it.</summary>
    public Problem? Objection { get; init; }

    /// <summary>Why GitHub could not be asked; null where it was.</summary>
    public Problem? Unknown { get; init; }

    /// <summary>Whether it may be acted on.</summary>
    public bool IsOurs => Repository is not null && IsProven && Objection is null;

    /// <summary>The newest commit of the default branch, where it was asked for; null in an empty repository.</summary>
    public string? Head { get; init; }

    /// <summary>Whether this is only what was written down of a repository in order: then nothing is done to it.</summary>
    public bool IsRecorded { get; init; }

    /// <summary>Whether the golden path (or, for an adopted repository, the marker) is in place.</summary>
    public bool IsLaid { get; init; }

    /// <summary>What the golden path brought into it, where that was asked for.</summary>
    public GoldenPathLock? Lock { get; init; }

    /// <summary>The pull request that status has, as it was seen last; null where there is none.</summary>
    public PullRequest? PullRequest { get; init; }

    /// <summary>What its checks said.</summary>
    public ChecksState Checks { get; init; }

    /// <summary>What came of bringing it up to date since it was looked at; null where that was not tried.</summary>
    public UpdateOutcome? Update { get; init; }

    /// <summary>What it is beyond its files.</summary>
    public ObservedFeatures Features { get; init; } = ObservedFeatures.Nothing;
}
