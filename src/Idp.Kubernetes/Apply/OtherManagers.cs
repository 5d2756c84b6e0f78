using Idp.Kubernetes.Model;

namespace Idp.Kubernetes.Apply;

/// <summary>Says who else manages an object, or fields of it.</summary>
internal static class OtherManagers
{
    private const string Status = "status";

    /// <summary>Whose an object is that is not ours: another of our kind, its controller, who its labels say manages it, or who wrote it.</summary>
    public static string OwnerOf(KubeObject live, Ownership asking)
    {
        var labels = live.Metadata.Labels;
        var marks = asking.Labels.Keys.Order(StringComparer.Ordinal).ToList();
        if (marks.TrueForAll(labels.ContainsKey))
        {
            return string.Join(", ", marks.Select(mark => $"{mark}={labels[mark]}"));
        }

        if (live.Metadata.ControllerOwner is { } owner)
        {
            return $"{owner.Kind} {owner.Name}";
        }

        if (labels.TryGetValue("app.kubernetes.io/managed-by", out var manager))
        {
            return labels.TryGetValue("app.kubernetes.io/part-of", out var part) ? $"{manager} (part of {part})" : manager;
        }

        return Of(live).ToList() is { Count: > 0 } managers ? string.Join(", ", managers) : "somebody else";
    }

    /// <summary>Everybody who wrote to the object.</summary>
    public static IEnumerable<string> Of(KubeObject live) =>
        live.ManagedFields.Select(entry => entry.Manager).Where(manager => manager.Length > 0).Distinct(StringComparer.Ordinal);

    /// <summary>Who else manages the places in which an object is not as wanted; a status is its controller's.</summary>
    public static IEnumerable<string> Of(KubeObject live, IReadOnlyList<Difference> differences, string fieldManager) =>
        from entry in live.ManagedFields
        where entry.Manager.Length > 0 && entry.Manager != fieldManager && entry.Subresource != Status && !entry.Fields.Set.IsLeaf
        where differences.Any(difference => Touches(entry.Fields.Set, difference.Path))
        select entry.Manager;

    /// <summary>Whether the place, as a <see cref="Difference.Path"/> says it, is owned, or something in it.</summary>
    /// <remarks>Names may have dots in them, so they are looked for as they are owned, not cut out of the path.</remarks>
    private static bool Touches(FieldSet owned, string path) =>
        path.Length == 0
        || owned.IsLeaf
        || owned.Fields.Any(field => Leads(path, field.Key, out var rest) && Touches(field.Value, rest))
        || owned.Items.Any(item => Leads(path, ListKeys.Print(item.Key), out var rest) && Touches(item.Set, rest))
        || owned.Values.Any(value => path == $"[{value}]");

    // The next name follows after a dot, a key or a value in brackets.
    private static bool Leads(string path, string name, out string rest)
    {
        var follows = path.StartsWith(name, StringComparison.Ordinal) && (path.Length == name.Length || path[name.Length] is '.' or '[');
        rest = follows ? path[name.Length..].TrimStart('.') : "";
        return follows;
    }
}
