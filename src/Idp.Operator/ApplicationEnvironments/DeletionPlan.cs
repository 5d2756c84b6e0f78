using Idp.Entities;
using Idp.Kubernetes.Model;

namespace Idp.Operator.ApplicationEnvironments;

/// <summary>How an environment is taken down: what it runs first, its data last, its namespace at the very end.</summary>
/// <remarks>
/// From the inventory and the labels, never from what the manifest says now: a manifest that no longer makes sense, or that no
/// longer asks for something, must not leave anything behind. Only the policy for the data is the manifest's, because that
/// is what its owner said last.
/// </remarks>
internal static class DeletionPlan
{
    // What depends on nothing else first; everything is deleted from the end. Guardrails go with their namespace.
    private static readonly ChildKind[] Order =
        [.. EnvironmentSections.Kinds.Where(child => child.Rank != DeletionRank.WithItsNamespace).OrderBy(child => child.Rank)];

    /// <summary>What is to go, in the order in which it was made, and what is to stay, marked as retained.</summary>
    /// <remarks>A namespace that keeps data stays with its guardrails.</remarks>
    public static IReadOnlyList<InventoryItem> Make(ApplicationEnvironment entity, Observation world)
    {
        var items = EnvironmentInventory.Of(entity, world)
            .Select(item => item with { Retain = IsRetained(entity, item) })
            .ToList();
        var keepers = items.Where(item => item.Retain).Select(item => item.Namespace).ToHashSet();
        return
        [
            .. from child in Order
               from item in items
               where item.Kind == child.Resource.Kind && item.Group == child.Resource.Group
               select child.Rank == DeletionRank.Namespace ? item with { Retain = keepers.Contains(item.Name) } : item,
        ];
    }

    /// <summary>Only a database of our own making is ever retained.</summary>
    private static bool IsRetained(ApplicationEnvironment entity, InventoryItem item) =>
        EnvironmentSections.Find(item.Group, item.Kind) is { Rank: DeletionRank.Data }
        && (entity.Spec.Database is { } database
            ? database.DeletionPolicy == DatabaseDeletionPolicy.Retain
            : item.Retain);
}
