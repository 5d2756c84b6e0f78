using Idp.Kubernetes.Model;
using Idp.Operator.GoldenPaths;
using Idp.Operator.Reporting;
using Idp.Operator.Repositories;
using Idp.Operator.Settings;

namespace Idp.Operator.BackendApps;

/// <summary>All that a reconcile of a BackendApp knows of the world.</summary>
public sealed record ObservedApp
{
    /// <summary>The platform's settings in force.</summary>
    public required PlatformSettings Settings { get; init; }

    /// <summary>The golden paths in force.</summary>
    public required GoldenPathCatalog GoldenPaths { get; init; }

    /// <summary>The team that the namespace belongs to by its label; null without one.</summary>
    public string? NamespaceTeam { get; init; }

    /// <summary>Whether the namespace may hold a BackendApp at all.</summary>
    public Grant Home { get; init; } = Grant.Given;

    /// <summary>What GitHub has.</summary>
    public ObservedRepository Repository { get; init; } = ObservedRepository.None;

    /// <summary>What GitHub has of the deployment repository, where there is to be one.</summary>
    public ObservedRepository Deployment { get; init; } = ObservedRepository.None;

    /// <summary>Why it is not this application's turn to be offered what its golden path has now; null where it is, or nothing is to be offered.</summary>
    public Problem? Turn { get; init; }

    /// <summary>The environments that this BackendApp made, by name.</summary>
    public IReadOnlyList<KubeObject> Environments { get; init; } = [];
}
