using Idp.Entities;
using Idp.Kubernetes.Cache;
using Idp.Kubernetes.Controllers;
using Idp.Kubernetes.Model;

namespace Idp.Operator.BackendApps;

/// <summary>Says which applications a changed object concerns.</summary>
internal static class AppTriggers
{
    private static readonly ChangePredicate GivenAway = Predicates.Label(Labels.Application);

    /// <summary>Makes a controller watch the environments that applications make, whose the applications are, and what is in their way.</summary>
    public static void Watch(ControllerBuilder<BackendApp> controller) => controller
        .Owns(ApplicationEnvironment.ResourceKind, predicate: IsNews)
        .Watches(WellKnownKinds.Namespace, labelSelector: null, OfTeam, Predicates.Label(Labels.Team))
        .Watches(BackendApp.ResourceKind, labelSelector: null, RepositoryIndex.CompetitorsOf, RepositoryIndex.HasChanged)
        .Watches(ApplicationEnvironment.ResourceKind, labelSelector: null, OfName, IsGivenUp);

    /// <summary>The applications of a namespace.</summary>
    public static IEnumerable<ObjectKey> OfTeam(IObjectReader reader, KubeObject home) => In(reader, home.Key.Name);

    /// <summary>The applications that may want an environment of that name for themselves.</summary>
    public static IEnumerable<ObjectKey> OfName(IObjectReader reader, KubeObject environment) => In(reader, environment.Key.Namespace)
        .Where(app => environment.Key.Name.StartsWith($"{app.Name}-", StringComparison.Ordinal));

    /// <summary>Whether a change of an environment is news to its application: an edit, its end, or something that the application tells of it.</summary>
    /// <remarks>Who made one knows that it is there, and it says nothing of itself at first.</remarks>
    public static bool IsNews(KubeObject? before, KubeObject? after) => before is null || after is null
        ? after is null || !EnvironmentView.Of("", after).IsSilent
        : Predicates.DesiredState(before, after) || !EnvironmentView.Of("", before).SaysTheSameAs(EnvironmentView.Of("", after));

    // What an application makes carries its label from the first moment.
    private static bool IsGivenUp(KubeObject? before, KubeObject? after) =>
        before is not null && (Predicates.Gone(before, after) || GivenAway(before, after));

    private static IEnumerable<ObjectKey> In(IObjectReader reader, string home) =>
        reader.List(BackendApp.ResourceKind, ObjectIndexer.Namespace, home).Select(app => app.Key);
}
