using Idp.Kubernetes.Cache;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;
using Microsoft.Extensions.Logging;

namespace Idp.Kubernetes.Apply;

/// <summary>How far one object's removal has come: still there, gone without a word, or left where it is and meant so.</summary>
internal readonly record struct Removal(bool IsWaiting, string Message);

/// <summary>Takes one step to remove one object.</summary>
internal sealed partial class ApplierRemover(KubeClient client, IWriteObserver writes, ILogger logger)
{
    public async Task<Removal> RemoveAsync(Ownership owner, InventoryItem item, CancellationToken cancellationToken)
    {
        if (item.Retain)
        {
            return new Removal(IsWaiting: false, $"the {Inventory.Print(item)} is kept");
        }

        try
        {
            return await TryAsync(owner, item, cancellationToken);
        }
        catch (KindNotFoundException)
        {
            // With the kind's definition all of its objects went.
            return Gone(item);
        }
        catch (KubeException refusal)
        {
            return new Removal(IsWaiting: true, refusal.Message);
        }
    }

    // Asks the server, not memory: what is deleted must be known for sure to be ours.
    private async Task<Removal> TryAsync(Ownership owner, InventoryItem item, CancellationToken cancellationToken)
    {
        var (kind, key) = (Inventory.KindOf(item), Inventory.KeyOf(item));
        if (await client.FindAsync(kind, key, cancellationToken) is not { } live || live.Metadata.Uid != item.Uid)
        {
            return Gone(item);
        }

        if (live.Metadata.IsDeleting)
        {
            return new Removal(IsWaiting: true, Inventory.Waits(live));
        }

        if (owner.MissingOn(live.Metadata) is { } label)
        {
            return new Removal(IsWaiting: false, $"the {live} is left where it is, because it does not carry the label {label}");
        }

        await client.DeleteAsync(kind, key, new DeleteOptions { Uid = item.Uid }, cancellationToken);
        LogDeleted(live);
        var after = await client.FindAsync(kind, key, cancellationToken);
        return after is null || after.Metadata.Uid != item.Uid ? Gone(item) : new Removal(IsWaiting: true, Inventory.Waits(after));
    }

    private Removal Gone(InventoryItem item)
    {
        writes.Forget(Inventory.KindOf(item), Inventory.KeyOf(item), item.Uid);
        return new Removal(IsWaiting: false, "");
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Asked for the deletion of {Object}.")]
    private partial void LogDeleted(KubeObject @object);
}
