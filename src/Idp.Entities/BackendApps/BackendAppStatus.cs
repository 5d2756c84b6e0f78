using Idp.Kubernetes.Model;
using Idp.Kubernetes.Model.Attributes;

namespace Idp.Entities;

/// <summary>What the operator saw of an application.</summary>
public sealed record BackendAppStatus
{
    /// <summary>The generation of the manifest that was handled last.</summary>
    public long ObservedGeneration { get; init; }

    /// <summary>The state, one observation each.</summary>
    [Items(0, 32)]
    [XListType(XListType.Map)]
    [XListMapKeys("type")]
    public IReadOnlyList<Condition> Conditions { get => field ?? []; init; }

    /// <summary>The team that owns it, as resolved.</summary>
    public string? Team { get; init; }

    /// <summary>The golden path, as resolved.</summary>
    public string? Template { get; init; }

    /// <summary>The repository, once it is known.</summary>
    public RepositoryStatus? Repository { get; init; }

    /// <summary>The repository of the deployment manifests, where there is a separate one.</summary>
    public RepositoryStatus? DeploymentRepository { get; init; }

    /// <summary>The environments, in the manifest's order.</summary>
    [XListType(XListType.Map)]
    [XListMapKeys("name")]
    public IReadOnlyList<EnvironmentStatus> Environments { get => field ?? []; init; }

    /// <summary>How many of the environments are ready, such as <c>2/2</c>.</summary>
    public string? EnvironmentsReady { get; init; }

    /// <summary>The value of the annotation <c>idp.dev/reconcile-requested-at</c> that was handled last.</summary>
    public string? LastHandledReconcileAt { get; init; }
}
