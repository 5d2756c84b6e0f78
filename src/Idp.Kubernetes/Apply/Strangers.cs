using Idp.Kubernetes.Model;

namespace Idp.Kubernetes.Apply;

/// <summary>Says whose an object is that is not ours.</summary>
internal static class Strangers
{
    /// <summary>The owner in words: another of our kind, its controller, who its labels say manages it, or who wrote it.</summary>
    public static string OwnerOf(KubeObject live, Ownership asking)
    {
        var marks = asking.Labels.Keys.Order(StringComparer.Ordinal).ToList();
        if (marks.TrueForAll(live.Metadata.Labels.ContainsKey))
        {
            return string.Join(", ", marks.Select(mark => $"{mark}={live.Metadata.Labels[mark]}"));
        }

        if (live.Metadata.ControllerOwner is { } owner)
        {
            return $"{owner.Kind} {owner.Name}";
        }

        if (live.Metadata.Labels.TryGetValue("app.kubernetes.io/managed-by", out var manager))
        {
            return live.Metadata.Labels.TryGetValue("app.kubernetes.io/part-of", out var part) ? $"{manager} (part of {part})" : manager;
        }

        return ManagersOf(live) is { Count: > 0 } managers ? string.Join(", ", managers) : "somebody else";
    }

    /// <summary>Everybody who wrote to the object.</summary>
    public static IReadOnlyList<string> ManagersOf(KubeObject live) =>
        [.. live.ManagedFields.Select(entry => entry.Manager).Where(manager => manager.Length > 0).Distinct(StringComparer.Ordinal)];
}
