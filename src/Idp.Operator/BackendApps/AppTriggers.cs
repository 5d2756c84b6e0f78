using Idp.Entities;
using Idp.Kubernetes.Cache;
using Idp.Kubernetes.Controllers;
using Idp.Kubernetes.Model;

namespace Idp.Operator.BackendApps;

/// <summary>Says which applications a changed object concerns.</summary>
internal static class AppTriggers
{
    /// <summary>Makes a controller watch the environments that applications make, and whose the applications are.</summary>
    public static void Watch(ControllerBuilder<BackendApp> controller) => controller
        .Owns(ApplicationEnvironment.ResourceKind)
        .Watches(WellKnownKinds.Namespace, labelSelector: null, OfTeam, Predicates.Label(Labels.Team));

    /// <summary>The applications of a namespace.</summary>
    public static IEnumerable<ObjectKey> OfTeam(IObjectReader reader, KubeObject home) =>
        reader.List(BackendApp.ResourceKind, ObjectIndexer.Namespace, home.Key.Name).Select(app => app.Key);
}
