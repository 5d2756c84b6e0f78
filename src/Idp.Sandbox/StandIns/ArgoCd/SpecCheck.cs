using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Idp.Sandbox.StandIns.ArgoCd;

/// <summary>Refuses what Argo CD refuses before it looks into the repository (<c>InvalidSpecError</c>).</summary>
internal static class SpecCheck
{
    private const string InCluster = "in-cluster";
    private const string InClusterServer = "https://kubernetes.default.svc";

    /// <summary>What is wrong, or null.</summary>
    /// <param name="spec">The Application's spec.</param>
    /// <param name="project">Its AppProject; null where there is none of that name.</param>
    public static string? Of(ApplicationSpec spec, JsonObject? project)
    {
        if (spec.RepoUrl.Length == 0)
        {
            return "spec.source.repoURL and either spec.source.path or spec.source.chart are required";
        }

        return OfDestination(spec)
            ?? (project is null
                ? spec.Project == "default"
                    ? null
                    : $"Application referencing project {spec.Project} which does not exist"
                : OfProject(spec, project));
    }

    /// <summary>Whether the project lets the Application make objects of the cluster-scoped kind.</summary>
    public static bool AllowsClusterKind(JsonObject? project, string group, string kind) =>
        project is null || project.ObjectsAt("spec", "clusterResourceWhitelist").Any(allowed =>
            Matches(allowed.TextAt("group"), group) && Matches(allowed.TextAt("kind"), kind));

    /// <summary>Whether the project lets the Application make objects of the namespaced kind.</summary>
    public static bool AllowsNamespacedKind(JsonObject? project, string group, string kind) =>
        project is null || !project.ObjectsAt("spec", "namespaceResourceBlacklist").Any(denied =>
            Matches(denied.TextAt("group"), group) && Matches(denied.TextAt("kind"), kind));

    private static string? OfDestination(ApplicationSpec spec)
    {
        var name = spec.Destination.TextAt("name") ?? "";
        var server = spec.Destination.TextAt("server") ?? "";
        return (name, server) switch
        {
            ({ Length: 0 }, { Length: 0 }) => "Destination server missing from app spec",
            ({ Length: > 0 }, { Length: > 0 }) =>
                $"application destination can't have both name and server defined: {name} {server}",
            ({ Length: > 0 }, _) when name != InCluster => $"there are no clusters with this name: {name}",
            (_, { Length: > 0 }) when server != InClusterServer => $"cluster '{server}' has not been configured",
            _ => null,
        };
    }

    private static string? OfProject(ApplicationSpec spec, JsonObject project)
    {
        if (!project.TextsAt("spec", "sourceRepos").Any(allowed => Matches(allowed, spec.RepoUrl)))
        {
            return $"application repo {spec.RepoUrl} is not permitted in project '{spec.Project}'";
        }

        var permitted = project.ObjectsAt("spec", "destinations").Any(allowed =>
            Matches(allowed.TextAt("namespace"), spec.Namespace)
            && (allowed.TextAt("server") is { } server
                ? Matches(server, InClusterServer)
                : Matches(allowed.TextAt("name"), InCluster)));
        return permitted
            ? null
            : $"application destination server '{InClusterServer}' and namespace '{spec.Namespace}' "
                + $"do not match any of the allowed destinations in project '{spec.Project}'";
    }

    private static bool Matches(string? pattern, string value) => pattern is not null && Regex.IsMatch(
        value,
        $"^{Regex.Escape(pattern).Replace("\\*", ".*", StringComparison.Ordinal)}$",
        RegexOptions.Singleline,
        TimeSpan.FromSeconds(1));
}
