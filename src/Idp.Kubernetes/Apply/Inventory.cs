using System.Text.Json.Nodes;
using Idp.Kubernetes.Model;

namespace Idp.Kubernetes.Apply;

/// <summary>Goes between inventory items and objects.</summary>
internal static class Inventory
{
    /// <summary>The item of an applied object: what is there, else what was there before.</summary>
    /// <remarks>An object whose apply failed may well exist; were it left out, nothing would ever delete it.</remarks>
    public static InventoryItem? ItemOf(AppliedObject applied, IReadOnlyList<InventoryItem> before)
    {
        var (kind, key) = (applied.Desired.Kind, applied.Desired.Key);
        return applied is { Live: { } live, Outcome: not ApplyOutcome.Conflict }
            ? new InventoryItem(
                kind.Group, kind.Version, kind.Kind, kind.Plural, key.Namespace, key.Name, live.Metadata.Uid, applied.Desired.Retain)
            : before.FirstOrDefault(item => IsSame(item, applied.Desired));
    }

    /// <summary>Whether the item names the wanted object, in whatever version of its kind.</summary>
    public static bool IsSame(InventoryItem item, DesiredObject wanted) =>
        item.Group == wanted.Kind.Group && item.Kind == wanted.Kind.Kind && KeyOf(item) == wanted.Key;

    public static ResourceKind KindOf(InventoryItem item) =>
        new(item.Group, item.Version, item.Kind, item.Plural, item.Namespace.Length > 0);

    public static ObjectKey KeyOf(InventoryItem item) => new(item.Namespace, item.Name);

    /// <summary>What a deletion waits for, in the words of those who hold it up.</summary>
    public static string Waits(KubeObject live)
    {
        var finalizers = live.Metadata.Finalizers.Count == 0 ? "" : $"; finalizers: {string.Join(", ", live.Metadata.Finalizers)}";
        return $"the {live} is being deleted{finalizers}{NamespaceSays(live)}";
    }

    // A namespace waits for what is in it, and says so in conditions.
    private static string NamespaceSays(KubeObject live)
    {
        if (live.Kind != WellKnownKinds.Namespace)
        {
            return "";
        }

        var conditions = live.Content()["status"]?["conditions"] as JsonArray ?? [];
        var messages = conditions.Where(condition => (string?)condition?["status"] == "True").Select(condition => $"; {condition!["message"]}");
        return string.Concat(messages);
    }

    public static string Print(InventoryItem item) => $"{KindOf(item)} {KeyOf(item)}";
}
