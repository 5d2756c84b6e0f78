using Idp.Kubernetes.Cache;
using Idp.Kubernetes.Model;
using Idp.Kubernetes.Queue;

namespace Idp.Kubernetes.Controllers;

/// <summary>Says what, beside its own kind, makes a controller reconcile, and how.</summary>
/// <typeparam name="TEntity">The controller's entity.</typeparam>
public sealed class ControllerBuilder<TEntity>
    where TEntity : class, IKubernetesEntity<TEntity>
{
    private readonly List<WatchRegistration> _watches = [];

    internal IReadOnlyList<WatchRegistration> Registrations => _watches;

    internal ControllerOptions Options { get; private set; } = new();

    internal string? PrimarySelector { get; private set; }

    internal ChangePredicate PrimaryPredicate { get; private set; } = Predicates.DesiredState;

    /// <summary>Reconciles only objects that carry the labels.</summary>
    /// <param name="labelSelector">As <c>kubectl --selector</c> takes it.</param>
    public ControllerBuilder<TEntity> WithLabelSelector(string labelSelector)
    {
        PrimarySelector = labelSelector;
        return this;
    }

    /// <summary>Decides which changes of the own kind count; by default those that a user can make.</summary>
    /// <param name="predicate">See <see cref="Predicates"/>.</param>
    public ControllerBuilder<TEntity> WithPredicate(ChangePredicate predicate)
    {
        PrimaryPredicate = predicate;
        return this;
    }

    /// <summary>Sets how many entities are reconciled at once; by default two per processor, at least four.</summary>
    /// <param name="workers">At least one.</param>
    public ControllerBuilder<TEntity> WithWorkers(int workers)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(workers, 1);
        Options = Options with { Workers = workers };
        return this;
    }

    /// <summary>Sets how long one reconcile may take; two minutes by default.</summary>
    /// <param name="timeout">Longer than zero.</param>
    public ControllerBuilder<TEntity> WithTimeout(TimeSpan timeout)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(timeout, TimeSpan.Zero);
        Options = Options with { Timeout = timeout };
        return this;
    }

    /// <summary>Reconciles the owner when an object changes whose controlling owner reference names an entity.</summary>
    /// <param name="kind">The kind of the owned objects, in the entity's namespace.</param>
    /// <param name="labelSelector">Which of them are watched; all by default.</param>
    /// <param name="predicate">Which changes count; by default every one but the server's bookkeeping.</param>
    public ControllerBuilder<TEntity> Owns(
        ResourceKind kind, string? labelSelector = null, ChangePredicate? predicate = null) =>
        Watches(kind, labelSelector, Owners.MapTo(TEntity.ResourceKind), predicate);

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

    /// <summary>Where time comes from.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
