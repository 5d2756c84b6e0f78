using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;

namespace Idp.Bench.Measuring;

/// <summary>Waits for one object by watching it alone.</summary>
internal static class Until
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    /// <summary>Waits until an object is there and as expected.</summary>
    /// <exception cref="TimeoutException">It was not within two minutes.</exception>
    public static async Task<KubeObject> SeenAsync(
        KubeClient client, ResourceKind kind, ObjectKey key, Func<KubeObject, bool> isExpected, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Limit);
        var field = $"metadata.name={key.Name}";
        try
        {
            var list = await client.ListPageAsync(kind, new ListOptions { Namespace = key.Namespace, FieldSelector = field }, deadline.Token);
            if (list.Items.FirstOrDefault(isExpected) is { } there)
            {
                return there;
            }

            var options = new WatchOptions { Namespace = key.Namespace, FieldSelector = field, ResourceVersion = list.ResourceVersion };
            await using var stream = await client.WatchAsync(kind, options, deadline.Token);
            await foreach (var change in stream.WithCancellation(deadline.Token))
            {
                if (change.Type is WatchEventType.Added or WatchEventType.Modified && isExpected(change.Object))
                {
                    return change.Object;
                }
            }

            throw new TimeoutException($"The watch of {kind} {key} ended.");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"{kind} {key} was not as expected within {Limit.TotalMinutes:0} minutes.");
        }
    }
}
