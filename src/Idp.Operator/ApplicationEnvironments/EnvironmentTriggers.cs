using System.Collections.Concurrent;
using Idp.Entities;
using Idp.Kubernetes.Controllers;
using Idp.Kubernetes.Model;

namespace Idp.Operator.ApplicationEnvironments;

/// <summary>Says which environment a changed object concerns.</summary>
internal sealed class EnvironmentTriggers
{
    /// <summary>The label selector of everything that environments are made of.</summary>
    public const string Selector = $"{Labels.ManagedBy}={Labels.Manager}";

    // What counts is only that they are there, as they should be.
    private static readonly HashSet<ResourceKind> Statusless =
        [WellKnownKinds.ResourceQuota, WellKnownKinds.LimitRange, WellKnownKinds.NetworkPolicy, WellKnownKinds.RoleBinding];

    // Which environment a namespace belongs to, as its labels said last: what others make in it carries no label of ours.
    private readonly ConcurrentDictionary<string, ObjectKey> _homes = new(StringComparer.Ordinal);

    /// <summary>Makes a controller watch everything that environments are made of.</summary>
    public static void Watch(ControllerBuilder<ApplicationEnvironment> controller)
    {
        var triggers = new EnvironmentTriggers();
        foreach (var kind in ApplicationEnvironmentObserver.Kinds.Where(kind => kind != WellKnownKinds.Namespace))
        {
            controller.Watches(kind, Selector, triggers.Of, Statusless.Contains(kind) ? Predicates.AnyChangeButStatus : null);
        }

        // All of them, because those of the teams say whose they are.
        controller.Watches(WellKnownKinds.Namespace, labelSelector: null, triggers.OfNamespace);
        controller.Watches(ChildKinds.Migration, labelSelector: null, triggers.OfNeighbour);
    }

    /// <summary>The environment of an object that we made; every known one where all share it.</summary>
    public IEnumerable<ObjectKey> Of(KubeObject made) =>
        made.Metadata.Labels.ContainsKey(Labels.Platform) ? _homes.Values : OfChild(made);

    /// <summary>The environment in the labels of an object that we made.</summary>
    public static IEnumerable<ObjectKey> OfChild(KubeObject child) =>
        child.Metadata.Labels.TryGetValue(Labels.Environment, out var name)
        && child.Metadata.Labels.TryGetValue(Labels.EnvironmentNamespace, out var home)
            ? [new ObjectKey(home, name)]
            : [];

    /// <summary>The environment of a namespace, remembered for what lies in it.</summary>
    public IEnumerable<ObjectKey> OfNamespace(KubeObject home)
    {
        foreach (var key in OfChild(home))
        {
            _homes[home.Key.Name] = key;
            yield return key;
        }
    }

    /// <summary>The environment of the namespace that somebody else's object, such as a Migration, lies in.</summary>
    /// <remarks>Before its namespace was seen there is none; at the start every environment is reconciled anyway.</remarks>
    public IEnumerable<ObjectKey> OfNeighbour(KubeObject neighbour) =>
        _homes.TryGetValue(neighbour.Key.Namespace, out var key) ? [key] : [];
}
