using Idp.Kubernetes.Model;

namespace Idp.Kubernetes.Apply;

/// <summary>Says who owns places of an object that we want otherwise.</summary>
internal static class Rivals
{
    private const string Status = "status";

    /// <summary>The other managers of these places; a status is its controller's.</summary>
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
