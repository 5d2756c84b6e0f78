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
        ("", "ResourceQuota"),
        ("", "LimitRange"),
        ("networking.k8s.io", "NetworkPolicy"),
        ("rbac.authorization.k8s.io", "RoleBinding"),
        ("external-secrets.io", "*"),
        ("argoproj.io", "Application"),
        ("argoproj.io", "ApplicationSet"),
        ("argoproj.io", "AppProject"),
        ("idp.dev", "*"),
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
        var key = KeyOf(home, settings);
        return new DesiredObject(ChildKinds.AppProject, new JsonObject
        {
            ["apiVersion"] = ChildKinds.AppProject.ApiVersion,
            ["kind"] = ChildKinds.AppProject.Kind,
            ["metadata"] = new JsonObject
            {
                ["name"] = key.Name,
                ["namespace"] = key.Namespace,
                ["labels"] = new JsonObject { [Labels.ManagedBy] = Labels.Manager, [Labels.EnvironmentNamespace] = home },
            },
            ["spec"] = new JsonObject
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
            },
        });
    }

    /// <summary>What a live project lets its Applications do.</summary>
    public static ProjectReach ReachOf(KubeObject? live)
    {
        var spec = new Reading(live?.ToJson())["spec"];
        return new ProjectReach(
            ProjectReach.Set(spec["sourceRepos"].Items.Select(source => source.Text)),
            ProjectReach.Set(spec["destinations"].Items.Select(destination => destination["namespace"].Text)));
    }
}
