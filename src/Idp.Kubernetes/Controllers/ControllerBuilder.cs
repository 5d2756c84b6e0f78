using Idp.Kubernetes.Cache;
using Idp.Kubernetes.Model;
using Idp.Kubernetes.Queue;

namespace Idp.Kubernetes.Controllers;

/// <summary>Says what, beside its own kind, makes a controller reconcile.</summary>
public sealed class ControllerBuilder<TEntity>
    where TEntity : class, IKubernetesEntity<TEntity>
{
    private readonly List<WatchRegistration> _watches = [];

    internal IReadOnlyList<WatchRegistration> Registrations => _watches;

    internal string? PrimarySelector { get; private set; }

    /// <summary>Reconciles only objects that carry the labels, as <c>kubectl --selector</c> takes them.</summary>
    public ControllerBuilder<TEntity> WithLabelSelector(string labelSelector)
    {
        PrimarySelector = labelSelector;
        return this;
    }

    /// <summary>Reconciles the owner when an object changes whose controlling owner reference names an entity.</summary>
    /// <param name="kind">The kind of the owned objects, in the entity's namespace.</param>
    /// <param name="labelSelector">Which of them are watched; all by default.</param>
    /// <param name="predicate">Which changes count; by default every one but the server's bookkeeping.</param>
    public ControllerBuilder<TEntity> Owns(
        ResourceKind kind, string? labelSelector = null, ChangePredicate? predicate = null) =>
        Watches(kind, labelSelector, OwnerOf, predicate);

    /// <summary>Reconciles the entities that an object of another kind concerns when it changes.</summary>
    /// <param name="kind">The other kind; it need not be served yet.</param>
    /// <param name="labelSelector">Which of its objects are watched; null for all.</param>
    /// <param name="map">
    /// Which entities an object concerns. Asked for the object as it was and as it is, so that a change of labels
    /// reaches both sides. Must be quick and pure.
    /// </param>
    /// <param name="predicate">Which changes count; by default every one but the server's bookkeeping.</param>
    /// <param name="metadataOnly">Whether metadata is enough.</param>
    public ControllerBuilder<TEntity> Watches(
        ResourceKind kind,
        string? labelSelector,
        Func<KubeObject, IEnumerable<ObjectKey>> map,
        ChangePredicate? predicate = null,
        bool metadataOnly = false) => Watches(kind, labelSelector, (_, item) => map(item), predicate, metadataOnly);

    /// <summary>Reconciles the entities that an object of another kind concerns when it changes, as what is known of the world tells.</summary>
    /// <inheritdoc cref="Watches(ResourceKind, string?, Func{KubeObject, IEnumerable{ObjectKey}}, ChangePredicate?, bool)"/>
    public ControllerBuilder<TEntity> Watches(
        ResourceKind kind,
        string? labelSelector,
        Func<IObjectReader, KubeObject, IEnumerable<ObjectKey>> map,
        ChangePredicate? predicate = null,
        bool metadataOnly = false)
    {
        _watches.Add(new WatchRegistration(kind, labelSelector, metadataOnly, map, predicate ?? Predicates.AnyChange));
        return this;
    }

    // The version is not compared: owners keep the one that they were written with.
    private static IEnumerable<ObjectKey> OwnerOf(KubeObject child)
    {
        var owner = TEntity.ResourceKind;
        return child.Metadata.ControllerOwner is { } reference
            && reference.Kind == owner.Kind
            && GroupOf(reference.ApiVersion) == owner.Group
            ? [new ObjectKey(owner.Namespaced ? child.Key.Namespace : "", reference.Name)]
            : [];
    }

    private static string GroupOf(string apiVersion) => apiVersion.Split('/') is [var group, _] ? group : "";
}

/// <summary>One kind whose changes make a controller reconcile.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="LabelSelector">Which objects of it; null for all.</param>
/// <param name="MetadataOnly">Whether metadata is enough, which saves most of the memory.</param>
/// <param name="Map">Which keys an object concerns, by what is known of the world.</param>
/// <param name="Predicate">Which changes count.</param>
internal sealed record WatchRegistration(
    ResourceKind Kind,
    string? LabelSelector,
    bool MetadataOnly,
    Func<IObjectReader, KubeObject, IEnumerable<ObjectKey>> Map,
    ChangePredicate Predicate);

/// <summary>How a controller works through its queue.</summary>
internal sealed record ControllerOptions
{
    /// <summary>The name in logs and metrics: the kind.</summary>
    public string Name { get; init; } = "";

    /// <summary>How many keys are reconciled at once.</summary>
    public int Workers { get; init; } = Math.Max(4, 2 * Environment.ProcessorCount);

    /// <summary>How long one reconcile may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long a key pauses after failures.</summary>
    public Backoff Backoff { get; init; } = new(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5));

    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
