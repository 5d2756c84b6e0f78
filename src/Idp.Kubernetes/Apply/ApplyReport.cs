using Idp.Kubernetes.Model;

namespace Idp.Kubernetes.Apply;

/// <summary>What became of all desired objects, and what exists of ours now.</summary>
/// <param name="Objects">Every desired object, in the order given.</param>
/// <param name="Inventory">What exists, or may exist, and is ours: to be kept in status for the next apply and for the deletion.</param>
/// <param name="Remaining">What is no longer wanted and still there.</param>
/// <param name="Notes">What people may want to know, such as what was left where it is.</param>
public sealed record ApplyReport(
    IReadOnlyList<AppliedObject> Objects,
    IReadOnlyList<InventoryItem> Inventory,
    IReadOnlyList<RemainingObject> Remaining,
    IReadOnlyList<string> Notes)
{
    /// <summary>Whether every desired object is as wanted.</summary>
    public bool Succeeded => Objects.All(applied => applied.Succeeded);
}
