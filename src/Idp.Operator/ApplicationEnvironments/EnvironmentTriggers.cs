using System.Text.Json;
using Idp.Entities;
using Idp.Kubernetes.Cache;
using Idp.Kubernetes.Controllers;
using Idp.Kubernetes.Model;
using Idp.Operator.Settings;

namespace Idp.Operator.ApplicationEnvironments;

/// <summary>Says which environment a changed object concerns.</summary>
internal static class EnvironmentTriggers
{
    /// <summary>The label selector of everything that environments are made of.</summary>
    public const string Selector = $"{Labels.ManagedBy}={Labels.Manager}";

    private static readonly ObjectIndexer ByTarget = new EnvironmentIndexer(entity => entity.TargetNamespace);
    private static readonly ObjectIndexer ByApplication =
        new EnvironmentIndexer(entity => new ObjectKey(entity.Metadata.Namespace ?? "", entity.Spec.Application).ToString());

    private static readonly ChangePredicate ByOthers = Predicates.ByOthersThan(FieldManagers.Operator);

    /// <summary>Makes a controller watch everything that environments are made of.</summary>
    public static void Watch(ControllerBuilder<ApplicationEnvironment> controller)
    {
        foreach (var child in EnvironmentSections.Kinds)
        {
            Watch(controller, child);
        }

        // What environments wait for that is not theirs: whose they are, what their application owns, and what is in their way.
        controller.Watches(WellKnownKinds.Namespace, labelSelector: null, OfTeam, Predicates.Label(Labels.Team));
        controller.Watches(WellKnownKinds.Namespace, labelSelector: null, OfTarget, Predicates.Gone);
        controller.Watches(BackendApp.ResourceKind, labelSelector: null, OfApplication, RepositoryUse.OwnSourcesChanged);
        controller.Watches(BackendApp.ResourceKind, labelSelector: null, RepositoryUse.Users, RepositoryUse.OwnSourcesChanged);
        controller.Watches(ApplicationEnvironment.ResourceKind, labelSelector: null, HostUse.Askers, HostUse.HasChanged);
    }

    private static void Watch(ControllerBuilder<ApplicationEnvironment> controller, ChildKind child)
    {
        switch (child.Role)
        {
            case ChildRole.Shared:
                controller.Watches(child.Resource, labelSelector: null, OfProject, OthersChanged);
                break;
            case ChildRole.Observed:
                controller.Watches(child.Resource, labelSelector: null, OfNeighbour);
                break;
            case ChildRole.Owned when child.Resource == WellKnownKinds.Namespace:
                // All of them, because those of the teams say whose they are.
                controller.Watches(child.Resource, labelSelector: null, OfChild);
                break;
            default:
                controller.Watches(child.Resource, Selector, Of, child.HasStatus ? null : Predicates.AnyChangeButStatus);
                break;
        }
    }

    // What one environment adds to the project that it shares is no reason for another to begin again.
    private static bool OthersChanged(KubeObject? before, KubeObject? after) =>
        Predicates.AnyChangeButStatus(before, after) && ByOthers(before, after);

    /// <summary>The environment of an object that we made; every one where all share it.</summary>
    public static IEnumerable<ObjectKey> Of(IObjectReader reader, KubeObject made) => made.Metadata.Labels.ContainsKey(Labels.Platform)
        ? reader.List(ApplicationEnvironment.ResourceKind).Select(environment => environment.Key)
        : OfChild(made);

    /// <summary>The environment in the labels of an object that we made.</summary>
    public static IEnumerable<ObjectKey> OfChild(KubeObject child) =>
        child.Metadata.Labels.TryGetValue(Labels.Environment, out var name)
        && child.Metadata.Labels.TryGetValue(Labels.EnvironmentNamespace, out var home)
            ? [new ObjectKey(home, name)]
            : [];

    /// <summary>The environments whose manifests lie in a namespace.</summary>
    public static IEnumerable<ObjectKey> OfTeam(IObjectReader reader, KubeObject home) => In(reader, home.Key.Name);

    /// <summary>The environments that want a namespace for themselves.</summary>
    public static IEnumerable<ObjectKey> OfTarget(IObjectReader reader, KubeObject target) =>
        reader.List(ApplicationEnvironment.ResourceKind, ByTarget, target.Key.Name).Select(environment => environment.Key);

    /// <summary>The environments of an application, those written by hand included.</summary>
    public static IEnumerable<ObjectKey> OfApplication(IObjectReader reader, KubeObject app) => reader
        .List(ApplicationEnvironment.ResourceKind, ByApplication, app.Key.ToString())
        .Select(environment => environment.Key);

    /// <summary>Who sees to a project: any one of the environments that share it, and all of them where it is in their way.</summary>
    public static IEnumerable<ObjectKey> OfProject(IObjectReader reader, KubeObject project)
    {
        if (Grants.HomeOfOwnProject(project.Key.Name) is not { } home)
        {
            return [];
        }

        return ProjectPlan.OwnershipOf(home).Owns(project.Metadata) ? In(reader, home).Take(1) : In(reader, home);
    }

    /// <summary>The environment of the namespace that somebody else's object, such as a Migration, lies in.</summary>
    public static IEnumerable<ObjectKey> OfNeighbour(IObjectReader reader, KubeObject neighbour) =>
        reader.Find(WellKnownKinds.Namespace, new ObjectKey("", neighbour.Key.Namespace)) is { } home ? OfChild(home) : [];

    private static IEnumerable<ObjectKey> In(IObjectReader reader, string home) => reader
        .List(ApplicationEnvironment.ResourceKind, ObjectIndexer.Namespace, home)
        .Select(environment => environment.Key);
}

/// <summary>Finds environments by something that they say, in the manifest or in status.</summary>
/// <param name="Say">What it is; null for what is not to be found.</param>
internal sealed record EnvironmentIndexer(Func<ApplicationEnvironment, string?> Say) : ObjectIndexer
{
    /// <inheritdoc/>
    public override string? ValueOf(KubeObject item)
    {
        try
        {
            return Say(item.Deserialize(ApplicationEnvironment.JsonType));
        }
        catch (JsonException)
        {
            // What cannot be read says nothing, and waits for nothing but to be mended.
            return null;
        }
    }
}
