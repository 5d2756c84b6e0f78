using Idp.Kubernetes.Model;

namespace Idp.Entities;

/// <summary>One environment of the application as it was seen.</summary>
public sealed record EnvironmentStatus
{
    /// <summary>The environment's name.</summary>
    public required string Name { get; init; }

    /// <summary>The namespace that it lives in.</summary>
    public string? Namespace { get; init; }

    /// <summary>Whether it is ready.</summary>
    public ConditionStatus Ready { get; init; }

    /// <summary>Where it is reached.</summary>
    public string? Url { get; init; }

    /// <summary>Argo CD's sync status.</summary>
    public string? Sync { get; init; }

    /// <summary>Argo CD's health status.</summary>
    public string? Health { get; init; }

    /// <summary>The commit that is deployed.</summary>
    public string? Revision { get; init; }
}
