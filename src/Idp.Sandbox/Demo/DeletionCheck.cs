using Idp.Entities;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;
using Idp.Sandbox.StandIns;

namespace Idp.Sandbox.Demo;

/// <summary>Deletes every application and environment, and compares what is left with what the policies retain.</summary>
/// <remarks>
/// Retained are the objects that an inventory marks so, and the guardrails of a namespace that stays for its data.
/// </remarks>
internal sealed class DeletionCheck(
    Idp.Sandbox.World.Sandbox sandbox, Onlooker onlooker, Narrator narrator, TimeProvider clock)
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly string[] Guardrails = ["ResourceQuota", "LimitRange", "NetworkPolicy", "RoleBinding"];

    private static readonly ResourceKind[] DeployedKinds =
    [
        ForeignKinds.Deployment, ForeignKinds.StatefulSet, ForeignKinds.Service, ForeignKinds.Ingress,
        ForeignKinds.ExternalSecret, ForeignKinds.Table, ForeignKinds.Migration,
    ];

    /// <summary>Runs the check.</summary>
    /// <exception cref="DemoFailedException">Something is left over, or gone that should be retained.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var inventory = onlooker.Environments.SelectMany(item => item.Status.Inventory).Distinct().ToList();
        var namespaces = inventory.Where(item => item is { Kind: "Namespace", Retain: true })
            .Select(item => item.Name).ToHashSet(StringComparer.Ordinal);
        var stays = inventory.ToLookup(
            item => item.Retain || (Guardrails.Contains(item.Kind) && namespaces.Contains(item.Namespace)));
        await DeleteAsync(cancellationToken);
        foreach (var item in stays[false])
        {
            await UntilAsync(
                async () => !await FindAsync(item, cancellationToken), $"{Describe(item)} should be gone.", cancellationToken);
        }

        await RequireNothingDeployedAsync(namespaces, cancellationToken);
        foreach (var item in stays[true])
        {
            narrator.Good(await FindAsync(item, cancellationToken)
                ? $"retained {Describe(item)}"
                : throw new DemoFailedException($"{Describe(item)} should be retained and is gone."));
        }

        await RequireNothingElseAsync(inventory, [.. stays[true]], cancellationToken);
    }

    private async Task DeleteAsync(CancellationToken cancellationToken)
    {
        var options = new DeleteOptions();
        foreach (var environment in onlooker.Environments.Where(item => item.Metadata.OwnerReferences.Count == 0))
        {
            await sandbox.Client.DeleteAsync(
                ApplicationEnvironment.ResourceKind, environment.Metadata.Key, options, cancellationToken);
        }

        foreach (var application in onlooker.Applications)
        {
            await sandbox.Client.DeleteAsync(BackendApp.ResourceKind, application.Metadata.Key, options, cancellationToken);
        }

        await onlooker.UntilAsync(() => onlooker.Applications.Count + onlooker.Environments.Count == 0, cancellationToken);
    }

    // Nothing may run on in a namespace that stays only for its data; the garbage collector may take a moment.
    private async Task RequireNothingDeployedAsync(IEnumerable<string> namespaces, CancellationToken cancellationToken)
    {
        foreach (var (@namespace, kind) in namespaces.SelectMany(name => DeployedKinds.Select(kind => (name, kind))))
        {
            var options = new ListOptions { Namespace = @namespace, Limit = 1 };
            await UntilAsync(
                async () => (await sandbox.Client.ListPageAsync(kind, options, cancellationToken)).Items.Count == 0,
                $"A {kind} in {@namespace} should be gone.",
                cancellationToken);
        }
    }

    // Whatever carries the operator's label and was not in any inventory has been lost track of.
    private async Task RequireNothingElseAsync(
        IReadOnlyList<InventoryItem> inventory, IReadOnlyList<InventoryItem> retained, CancellationToken cancellationToken)
    {
        var expected = retained.Select(item => item.Uid).ToHashSet(StringComparer.Ordinal);
        var selector = new ListOptions { LabelSelector = $"{Labels.ManagedBy}={Labels.Manager}" };
        foreach (var kind in inventory.Select(KindOf).Distinct())
        {
            await foreach (var item in sandbox.Client.ListAsync(kind, selector, cancellationToken))
            {
                if (!expected.Contains(item.Metadata.Uid))
                {
                    throw new DemoFailedException($"{item} is left over although no policy retains it.");
                }
            }
        }
    }

    private async Task UntilAsync(Func<Task<bool>> condition, string otherwise, CancellationToken cancellationToken)
    {
        var began = clock.GetTimestamp();
        while (!await condition())
        {
            if (clock.GetElapsedTime(began) > Patience)
            {
                throw new DemoFailedException($"{otherwise} It is still there after {Patience.TotalSeconds:0} s.");
            }

            await Task.Delay(Poll, clock, cancellationToken);
        }
    }

    private async Task<bool> FindAsync(InventoryItem item, CancellationToken cancellationToken)
    {
        var live = await sandbox.Client.FindAsync(KindOf(item), new ObjectKey(item.Namespace, item.Name), cancellationToken);
        return live?.Metadata.Uid == item.Uid;
    }

    private static ResourceKind KindOf(InventoryItem item) =>
        new(item.Group, item.Version, item.Kind, item.Plural, item.Namespace.Length > 0);

    private static string Describe(InventoryItem item) =>
        $"{item.Kind} {(item.Namespace.Length > 0 ? $"{item.Namespace}/" : "")}{item.Name}";
}
