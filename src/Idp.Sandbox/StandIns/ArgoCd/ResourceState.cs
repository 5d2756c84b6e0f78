using System.Text.Json.Nodes;
using Idp.Kubernetes.Model;

namespace Idp.Sandbox.StandIns.ArgoCd;

/// <summary>One object of an application: as Git wants it, as it is, and what follows.</summary>
internal sealed record ResourceState
{
    public required ResourceKind Kind { get; init; }

    public required ObjectKey Key { get; init; }

    /// <summary>What Git wants; null for what has to go.</summary>
    public required JsonObject? Target { get; init; }

    /// <summary>What is there; null where nothing is.</summary>
    public required JsonObject? Live { get; init; }

    /// <summary>Whether the live object is what Git wants.</summary>
    public required bool Synced { get; init; }

    /// <summary>Whether it is there although Git no longer wants it.</summary>
    public bool RequiresPruning => Target is null && Live is not null;

    /// <summary>Its health; null for kinds that have none and for what has to go.</summary>
    public ResourceHealth? Health =>
        Target is null ? null : Live is null ? ResourceHealth.Missing : ResourceHealth.Of(Live);

    /// <summary>The value of the tracking annotation, by which an application knows its own.</summary>
    public static string TrackingId(string application, ResourceKind kind, ObjectKey key) =>
        $"{application}:{kind.Group}/{kind.Kind}:{key.Namespace}/{key.Name}";

    /// <summary>The entry in <c>status.resources</c>.</summary>
    public JsonObject ToStatus()
    {
        var entry = Identity();
        entry["status"] = Synced ? "Synced" : "OutOfSync";
        if (RequiresPruning)
        {
            entry["requiresPruning"] = true;
        }

        return entry;
    }

    /// <summary>Group, version, kind, namespace and name as Argo CD writes them.</summary>
    public JsonObject Identity()
    {
        var entry = new JsonObject { ["version"] = Kind.Version, ["kind"] = Kind.Kind, ["name"] = Key.Name };
        if (Kind.Group.Length > 0)
        {
            entry["group"] = Kind.Group;
        }

        if (Key.Namespace.Length > 0)
        {
            entry["namespace"] = Key.Namespace;
        }

        return entry;
    }
}
