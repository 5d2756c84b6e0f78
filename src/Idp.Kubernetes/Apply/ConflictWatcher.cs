using System.Collections.Concurrent;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;
using Microsoft.Extensions.Logging;

namespace Idp.Kubernetes.Apply;

/// <summary>Watches objects of others that stand in the way of ours, each for itself, so that who waits comes back when one goes.</summary>
/// <remarks>
/// What is not ours is in no cache: to keep all objects of such a kind in memory would cost more than all that is ours. So each
/// that is in the way gets a watch of its own, of its metadata alone. It ends with the first news, at the latest when the server
/// ends it; whoever waits looks again then, and begins another. There are no more than so many at a time, and one that breaks is
/// not repeated: it only saves the wait for the next look, and that comes anyhow.
/// </remarks>
public sealed partial class ConflictWatcher(KubeClient client, ILogger<ConflictWatcher> logger) : IDisposable
{
    /// <summary>How many are watched at a time.</summary>
    internal const int Most = 50;

    private readonly ConcurrentDictionary<(ResourceKind Kind, ObjectKey Key, ObjectKey Waiting), bool> _watched = new();
    private readonly CancellationTokenSource _end = new();

    /// <summary>How many are watched.</summary>
    internal int Count => _watched.Count;

    /// <summary>Watches an object until it is gone or has other labels, by which it may have become ours, and has who waits look again.</summary>
    /// <remarks>Has them look once at most, and not where the watch breaks.</remarks>
    public void Watch(KubeObject conflicting, ObjectKey waiting, Action lookAgain)
    {
        var watched = (conflicting.Kind, conflicting.Key, waiting);
        if (_watched.Count < Most && _watched.TryAdd(watched, true))
        {
            _ = Task.Run(() => WatchAsync(watched, conflicting, lookAgain, _end.Token), _end.Token);
        }
    }

    /// <summary>Ends every watch.</summary>
    public void Dispose()
    {
        _end.Cancel();
        _end.Dispose();
    }

    private async Task WatchAsync(
        (ResourceKind Kind, ObjectKey Key, ObjectKey Waiting) watched, KubeObject conflicting, Action lookAgain, CancellationToken cancellationToken)
    {
        try
        {
            await UntilChangedAsync(conflicting, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return;
        }
        catch (KubeException exception)
        {
            LogBroken(exception, conflicting);
            return;
        }
        finally
        {
            _watched.TryRemove(watched, out _);
        }

        lookAgain();
    }

    private async Task UntilChangedAsync(KubeObject conflicting, CancellationToken cancellationToken)
    {
        var which = new ListOptions { Namespace = conflicting.Key.Namespace, FieldSelector = $"metadata.name={conflicting.Key.Name}", MetadataOnly = true };
        var now = await client.ListPageAsync(conflicting.Kind, which, cancellationToken);
        if (!now.Items.Any(IsSame))
        {
            return;
        }

        var options = new WatchOptions
        {
            Namespace = which.Namespace,
            FieldSelector = which.FieldSelector,
            MetadataOnly = true,
            ResourceVersion = now.ResourceVersion,
        };
        await using var stream = await client.WatchAsync(conflicting.Kind, options, cancellationToken);
        await foreach (var change in stream.WithCancellation(cancellationToken))
        {
            if (change.Type != WatchEventType.Bookmark && (change.Type == WatchEventType.Deleted || !IsSame(change.Object)))
            {
                return;
            }
        }

        bool IsSame(KubeObject live) => live.Metadata.Uid == conflicting.Metadata.Uid
            && live.Metadata.Labels.Count == conflicting.Metadata.Labels.Count
            && !live.Metadata.Labels.Except(conflicting.Metadata.Labels).Any();
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "The watch of {Object}, which is in the way, broke; it is looked at again all the same.")]
    private partial void LogBroken(Exception exception, KubeObject @object);
}
