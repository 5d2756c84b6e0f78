using Idp.GitHub;

namespace Idp.Operator.Repositories;

/// <summary>What GitHub has under the wanted id or name.</summary>
public sealed record ObservedRepository
{
    /// <summary>Nothing was found.</summary>
    public static readonly ObservedRepository None = new();

    /// <summary>The repository; null where there is none, or none that we may see.</summary>
    public Repository? Repository { get; init; }

    /// <summary>Whose the repository says it is.</summary>
    public RepositoryMarker? Marker { get; init; }

    /// <summary>Whether that owner is a BackendApp that still exists.</summary>
    public bool OwnerLives { get; init; }

    /// <summary>The newest commit of the default branch, where it was asked for; null in an empty repository.</summary>
    public string? Head { get; init; }

    /// <summary>Whether this is only what was written down of a repository in order: then nothing is done to it.</summary>
    public bool IsRecorded { get; init; }

    /// <summary>Whether the golden path (or, for an adopted repository, the marker) is in place.</summary>
    public bool IsLaid { get; init; }

    /// <summary>What it is beyond its files.</summary>
    public ObservedFeatures Features { get; init; } = ObservedFeatures.Nothing;
}
