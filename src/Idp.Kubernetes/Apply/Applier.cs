using Idp.Kubernetes.Cache;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;
using Microsoft.Extensions.Logging;

namespace Idp.Kubernetes.Apply;

/// <summary>Makes the world as wanted: applies objects in order, prunes what is no longer wanted, deletes.</summary>
/// <remarks>
/// <para>Guarantees: an object that is as wanted is not written; an object that is not ours is not written; failures are
/// collected, not thrown, so that one broken dependency does not hide the others; nothing is pruned unless every
/// apply succeeded; any step may be repeated after a crash. What is ours is forced; who rewrites it again and again is
/// named and corrected ever more rarely.</para>
/// <para>Assumptions: one owner is applied by one caller at a time.</para>
/// </remarks>
public sealed class Applier(KubeClient client, IObjectReader reader, IWriteObserver writes, TimeProvider clock, ILogger<Applier> logger)
{
    private readonly ApplierWriter _writer = new(client, reader, writes, new ApplyHistory(clock), logger);
    private readonly ApplierRemover _remover = new(client, writes, logger);

    /// <summary>Applies all objects in their order, then prunes what the inventory of the last report has beyond them.</summary>
    public async Task<ApplyReport> ApplyAsync(
        Ownership owner,
        IReadOnlyList<DesiredObject> desired,
        IReadOnlyList<InventoryItem> inventory,
        CancellationToken cancellationToken)
    {
        var objects = new List<AppliedObject>(desired.Count);
        var newNamespaces = new HashSet<string>(StringComparer.Ordinal);
        AppliedObject? closedGate = null;
        foreach (var wanted in desired)
        {
            var applied = closedGate is null
                ? await _writer.ApplyAsync(owner, wanted, newNamespaces.Contains(wanted.Key.Namespace), cancellationToken)
                : new AppliedObject(wanted, ApplyOutcome.Skipped, null, $"waits for the {closedGate.Desired}");
            objects.Add(applied);
            if (applied.Outcome == ApplyOutcome.Created && wanted.Kind == WellKnownKinds.Namespace)
            {
                newNamespaces.Add(wanted.Key.Name);
            }

            closedGate ??= wanted.Gate && !applied.IsThere ? applied : null;
        }

        var kept = objects.Select(applied => Inventory.ItemOf(applied, inventory)).OfType<InventoryItem>().ToList();
        var unwanted = inventory.Where(item => !desired.Any(wanted => Inventory.IsSame(item, wanted))).ToList();
        if (!objects.All(applied => applied.IsThere))
        {
            return new ApplyReport(objects, [.. kept, .. unwanted], [], []);
        }

        var pruned = await RemoveAsync(owner, unwanted, inOrder: false, cancellationToken);
        return new ApplyReport(objects, [.. kept, .. pruned.Remaining.Select(left => left.Item)], pruned.Remaining, pruned.Notes);
    }

    /// <summary>Goes one step towards nothing of ours being left: the last made first, each only when what came after it is gone.</summary>
    /// <remarks>Needs no plan: what is to go is in the inventory. Call again until the report is done.</remarks>
    public Task<DeleteReport> DeleteAsync(Ownership owner, IReadOnlyList<InventoryItem> inventory, CancellationToken cancellationToken) =>
        RemoveAsync(owner, inventory, inOrder: true, cancellationToken);

    private async Task<DeleteReport> RemoveAsync(
        Ownership owner, IReadOnlyList<InventoryItem> items, bool inOrder, CancellationToken cancellationToken)
    {
        var remaining = new List<RemainingObject>();
        var notes = new List<string>();
        foreach (var item in items.Reverse())
        {
            if (inOrder && remaining.Count > 0 && !item.Retain)
            {
                remaining.Add(new RemainingObject(item, $"comes after the {Inventory.Print(remaining[0].Item)}"));
                continue;
            }

            var removal = await _remover.RemoveAsync(owner, item, cancellationToken);
            if (removal.IsWaiting)
            {
                remaining.Add(new RemainingObject(item, removal.Message));
            }
            else if (removal.Message.Length > 0)
            {
                notes.Add(removal.Message);
            }
        }

        return new DeleteReport(remaining, notes);
    }
}
