using Idp.Entities;
using Idp.Kubernetes.Model;

namespace Idp.Operator.ApplicationEnvironments;

/// <summary>Everything that an environment has made: what its status lists, and what carries its labels all the same.</summary>
/// <remarks>
/// A process may die after it made an object and before it wrote the status; the object itself does not forget. Labels alone
/// are not enough, because people copy them.
/// </remarks>
internal static class EnvironmentInventory
{
    /// <summary>The inventory, without doubles, in the order in which things are made.</summary>
    public static IReadOnlyList<InventoryItem> Of(ApplicationEnvironment entity, Observation world)
    {
        var listed = entity.Status.Inventory;
        var known = listed.Select(IdentityOf).ToHashSet();
        return [.. listed, .. Of(world.Owned).Where(item => known.Add(IdentityOf(item)))];
    }

    /// <summary>Those of the objects that the operator has made.</summary>
    public static IReadOnlyList<InventoryItem> Of(IEnumerable<KubeObject> live) => [.. live.Where(IsOurs).Select(ItemOf)];

    private static bool IsOurs(KubeObject live) => live.ManagedFields
        .Any(entry => entry.Manager == FieldManagers.Operator && entry.Operation == ManagedFieldsEntry.Apply);

    private static (string Group, string Kind, string Namespace, string Name) IdentityOf(InventoryItem item) =>
        (item.Group, item.Kind, item.Namespace, item.Name);

    /// <summary>How an object is listed.</summary>
    public static InventoryItem ItemOf(KubeObject live) => new(
        live.Kind.Group,
        live.Kind.Version,
        live.Kind.Kind,
        live.Kind.Plural,
        live.Key.Namespace,
        live.Key.Name,
        live.Metadata.Uid,
        live.Metadata.Annotations.GetValueOrDefault(EffectiveEnvironment.DeletionPolicyAnnotation) == "Retain");
}
