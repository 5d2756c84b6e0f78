using Idp.Entities;
using Idp.Kubernetes.Cache;
using Idp.Kubernetes.Model;

namespace Idp.Operator.ApplicationEnvironments;

/// <summary>Says which environment a changed object concerns.</summary>
internal static class EnvironmentTriggers
{
    /// <summary>The label selector of everything that environments are made of.</summary>
    public const string Selector = $"{Labels.ManagedBy}={Labels.Manager}";

    /// <summary>The environment in the labels of an object that we made.</summary>
    public static IEnumerable<ObjectKey> OfChild(KubeObject child) =>
        child.Metadata.Labels.TryGetValue(Labels.Environment, out var name)
        && child.Metadata.Labels.TryGetValue(Labels.EnvironmentNamespace, out var home)
            ? [new ObjectKey(home, name)]
            : [];

    /// <summary>The environment of the namespace that somebody else's object, such as a Migration, lies in.</summary>
    /// <param name="reader">Knows our namespaces.</param>
    public static Func<KubeObject, IEnumerable<ObjectKey>> OfNeighbour(IObjectReader reader) => neighbour =>
        reader.Find(WellKnownKinds.Namespace, new ObjectKey("", neighbour.Key.Namespace)) is { } home ? OfChild(home) : [];
}
