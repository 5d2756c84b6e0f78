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
public sealed class Applier
{
    private readonly ApplierWriter _writer;
    private readonly ApplierRemover _remover;

    /// <summary>Makes an applier.</summary>
    /// <param name="client">Writes, and reads what memory does not have.</param>
    /// <param name="reader">What is known of the world.</param>
    /// <param name="writes">Is told what was written.</param>
    /// <param name="clock">Where time comes from.</param>
    /// <param name="logger">Is told what changed, and why.</param>
    public Applier(KubeClient client, IObjectReader reader, IWriteObserver writes, TimeProvider clock, ILogger<Applier> logger)
    {
        _writer = new ApplierWriter(client, reader, writes, new ApplyHistory(clock), logger);
        _remover = new ApplierRemover(client, writes, logger);
    }

    /// <summary>Applies all objects in their order, then prunes what the inventory has beyond them.</summary>
    /// <param name="owner">Who we are.</param>
    /// <param name="desired">Everything that is wanted, what others depend on first.</param>
    /// <param name="inventory">What the last report said exists.</param>
    /// <param name="cancellationToken">Stops between two requests.</param>
    public async Task<ApplyReport> ApplyAsync(
        Ownership owner,
        IReadOnlyList<DesiredObject> desired,
        IReadOnlyList<InventoryItem> inventory,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(desired);
        ArgumentNullException.ThrowIfNull(inventory);
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

        var (remaining, notes) = await PruneAsync(owner, unwanted, cancellationToken);
        return new ApplyReport(objects, [.. kept, .. remaining.Select(left => left.Item)], remaining, notes);
    }

    /// <summary>Goes one step towards nothing of ours being left: the last made first, each only when what came after it is gone.</summary>
    /// <param name="owner">Who we are.</param>
    /// <param name="inventory">What the last report said exists.</param>
    /// <param name="cancellationToken">Stops between two requests.</param>
    /// <remarks>Needs no plan: what is to go is in the inventory. Call again until the report is done.</remarks>
    public async Task<DeleteReport> DeleteAsync(
        Ownership owner,
        IReadOnlyList<InventoryItem> inventory,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(inventory);
        var remaining = new List<RemainingObject>();
        var notes = new List<string>();
        foreach (var item in inventory.Reverse())
        {
            if (remaining.Count == 0 || item.Retain)
            {
                await RemoveAsync(owner, item, remaining, notes, cancellationToken);
            }
            else
            {
                remaining.Add(new RemainingObject(item, $"comes after the {Inventory.Print(remaining[0].Item)}"));
            }
        }

        return new DeleteReport(remaining, notes);
    }

    private async Task<(List<RemainingObject> Remaining, List<string> Notes)> PruneAsync(
        Ownership owner,
        List<InventoryItem> unwanted,
        CancellationToken cancellationToken)
    {
        var remaining = new List<RemainingObject>();
        var notes = new List<string>();
        foreach (var item in Enumerable.Reverse(unwanted))
        {
            await RemoveAsync(owner, item, remaining, notes, cancellationToken);
        }

        return (remaining, notes);
    }

    private async Task RemoveAsync(
        Ownership owner,
        InventoryItem item,
        List<RemainingObject> remaining,
        List<string> notes,
        CancellationToken cancellationToken)
    {
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
}
