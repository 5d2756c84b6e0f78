using Idp.Kubernetes.Model;
using Idp.Kubernetes.Model.Attributes;

namespace Idp.Entities;

/// <summary>What the operator saw of an environment.</summary>
public sealed record ApplicationEnvironmentStatus
{
    /// <summary>The generation of the manifest that was handled last.</summary>
    public long ObservedGeneration { get; init; }

    /// <summary>The state, one observation each.</summary>
    [Items(0, 32)]
    [XListType(XListType.Map)]
    [XListMapKeys("type")]
    public IReadOnlyList<Condition> Conditions { get => field ?? []; init; }

    /// <summary>The namespace that was made.</summary>
    public string? Namespace { get; init; }

    /// <summary>Where the application is reached.</summary>
    public string? Url { get; init; }

    /// <summary>Argo CD's sync status.</summary>
    public string? Sync { get; init; }

    /// <summary>Argo CD's health status.</summary>
    public string? Health { get; init; }

    /// <summary>The commit that is deployed.</summary>
    public string? Revision { get; init; }

    /// <summary>Every object that was made, so that nothing is forgotten when it is no longer wanted.</summary>
    [XListType(XListType.Atomic)]
    public IReadOnlyList<InventoryItem> Inventory { get => field ?? []; init; }

    /// <summary>The value of the annotation <c>idp.dev/reconcile-requested-at</c> that was handled last.</summary>
    public string? LastHandledReconcileAt { get; init; }
}
