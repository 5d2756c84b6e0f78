using Idp.Kubernetes.Cache;
using Idp.Kubernetes.Model;

namespace Idp.Kubernetes.Controllers;

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
