using System.Text.Json.Nodes;
using Idp.Entities;
using Idp.Kubernetes.Apply;
using Idp.Kubernetes.Model;
using Idp.Operator.Settings;

namespace Idp.Operator.ApplicationEnvironments;

/// <summary>The Argo CD project of one team: what its Applications may be deployed from, and where to. Pure.</summary>
/// <remarks>https://argo-cd.readthedocs.io/en/stable/user-guide/projects/</remarks>
internal static class ProjectPlan
{
    // What decides how far a team reaches is the platform's to make: from its repositories it would be out of the grants' sight.
    private static readonly (string Group, string Kind)[] Guarded =
    [
        Of(WellKnownKinds.ResourceQuota),
        Of(WellKnownKinds.LimitRange),
        Of(WellKnownKinds.NetworkPolicy),
        Of(WellKnownKinds.RoleBinding),
        (ExternalSecrets.ExternalSecret.Group, "*"),
        Of(DeliverySection.Application),
        (DeliverySection.Application.Group, "ApplicationSet"),
        Of(DeliverySection.AppProject),
        (ApplicationEnvironment.ResourceKind.Group, "*"),
    ];

    /// <summary>By what a project is known to be ours, and of which team: the namespace that grants are given to.</summary>
    public static Ownership OwnershipOf(string home) => new(FieldManagers.Operator, new Dictionary<string, string>
    {
        [Labels.ManagedBy] = Labels.Manager,
        [Labels.EnvironmentNamespace] = home,
    });

    /// <summary>Where the project of a team is.</summary>
    public static ObjectKey KeyOf(string home, PlatformSettings settings) => new(settings.ArgoCd.Namespace, Grants.OwnProjectOf(home));

    /// <summary>The project.</summary>
    /// <param name="home">The team's namespace.</param>
    /// <param name="reach">What its environments need.</param>
    /// <param name="settings">The platform's settings.</param>
    public static DesiredObject Make(string home, ProjectReach reach, PlatformSettings settings)
    {
        var labels = new JsonObject { [Labels.ManagedBy] = Labels.Manager, [Labels.EnvironmentNamespace] = home };
        return EffectiveEnvironment.Object(DeliverySection.AppProject, KeyOf(home, settings), labels, new JsonObject
        {
            ["description"] = $"What the environments in namespace {home} deploy. Made by idp-operator.",
            ["sourceRepos"] = new JsonArray([.. reach.Sources.Order(StringComparer.Ordinal).Select(source => (JsonNode)source)]),
            ["destinations"] = new JsonArray([.. reach.Destinations.Order(StringComparer.Ordinal).Select(name => new JsonObject
            {
                ["server"] = settings.ArgoCd.DestinationServer,
                ["namespace"] = name,
            })]),
            ["clusterResourceWhitelist"] = new JsonArray(),
            ["namespaceResourceBlacklist"] = new JsonArray(
                [.. Guarded.Select(guarded => new JsonObject { ["group"] = guarded.Group, ["kind"] = guarded.Kind })]),
        });
    }

    /// <summary>What a live project lets its Applications do.</summary>
    public static ProjectReach ReachOf(KubeObject? live)
    {
        var spec = new LenientJson(live?.ToJson())["spec"];
        return new ProjectReach(
            ProjectReach.Set(spec["sourceRepos"].Items.Select(source => source.Text)),
            ProjectReach.Set(spec["destinations"].Items.Select(destination => destination["namespace"].Text)));
    }

    private static (string Group, string Kind) Of(ResourceKind kind) => (kind.Group, kind.Kind);
}

/// <summary>What the Applications of a project may be deployed from, and into which namespaces.</summary>
/// <param name="Sources">The repositories.</param>
/// <param name="Destinations">The namespaces.</param>
internal sealed record ProjectReach(IReadOnlySet<string> Sources, IReadOnlySet<string> Destinations)
{
    /// <summary>Nothing.</summary>
    public static ProjectReach None { get; } = new(Set(), Set());

    /// <summary>What an environment needs of its project; nothing where it may not be carried out.</summary>
    /// <remarks>A namespace that is there and not the environment's own is not its to deploy into.</remarks>
    public static ProjectReach Of(ApplicationEnvironmentPlan plan, bool ownsNamespace) => plan.Problem is null
        ? new ProjectReach(Set(plan.Environment.Spec.Source.RepoUrl), ownsNamespace ? Set(plan.Environment.Namespace) : Set())
        : None;

    /// <summary>All of them together.</summary>
    public static ProjectReach Sum(IReadOnlyList<ProjectReach> parts) =>
        new(Set(parts.SelectMany(part => part.Sources)), Set(parts.SelectMany(part => part.Destinations)));

    /// <summary>Names, each once.</summary>
    public static HashSet<string> Set(params IEnumerable<string> names) => new(names, StringComparer.Ordinal);
}
