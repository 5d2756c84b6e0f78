using System.Collections.Concurrent;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;
using Microsoft.Extensions.Logging;

namespace Idp.Sandbox.StandIns.Hosting;

/// <summary>What all stand-ins see: every object of the kinds that any of them asked for, kept current by watches.</summary>
/// <remarks>One watch per kind, however many stand-ins look. Own writes are seen at once (<see cref="Remember"/>).</remarks>
internal sealed partial class WorldView(KubeClient client, TimeProvider clock, ILogger<WorldView> logger) : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<ResourceKind, KindView> _views = new();
    private readonly ConcurrentBag<Task> _watches = [];
    private readonly CancellationTokenSource _stop = new();

    /// <summary>Raised after an object was added, changed or removed, and for all that a first list holds.</summary>
    public event Action<KubeObject>? Changed;

    /// <summary>The object, or null.</summary>
    public KubeObject? Find(ResourceKind kind, ObjectKey key) =>
        _views.TryGetValue(kind, out var view) ? view.Find(key) : null;

    /// <summary>All objects of the kind; of one namespace unless it is empty.</summary>
    public IReadOnlyList<KubeObject> List(ResourceKind kind, string @namespace = "") =>
        _views.TryGetValue(kind, out var view) ? view.List(@namespace) : [];

    /// <summary>Watches the kind from now on; completes when its objects are known, or it is not served.</summary>
    public async Task EnsureAsync(ResourceKind kind, CancellationToken cancellationToken)
    {
        var fresh = new KindView();
        var view = _views.GetOrAdd(kind, fresh);
        if (ReferenceEquals(view, fresh))
        {
            _watches.Add(KeepAsync(kind, view, _stop.Token));
        }

        await view.Known.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Takes in what a write returned, before its watch event arrives, which then is no news any more.</summary>
    public void Remember(KubeObject written)
    {
        if (_views.TryGetValue(written.Kind, out var view) && view.Set(written))
        {
            Changed?.Invoke(written);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_watches).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task KeepAsync(ResourceKind kind, KindView view, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                var version = await ListAsync(kind, view, cancellationToken);
                view.Known.TrySetResult();
                await FollowAsync(kind, view, version, cancellationToken);
            }
            catch (KindNotFoundException)
            {
                view.Known.TrySetResult();
                await Task.Delay(Pause * 5, clock, cancellationToken);
            }
            catch (KubeException exception)
            {
                LogListAgain(kind, exception.Message);
                await Task.Delay(Pause, clock, cancellationToken);
            }
        }
    }

    private async Task<string> ListAsync(ResourceKind kind, KindView view, CancellationToken cancellationToken)
    {
        var objects = new List<KubeObject>();
        var options = new ListOptions();
        KubeList page;
        do
        {
            page = await client.ListPageAsync(kind, options, cancellationToken);
            objects.AddRange(page.Items);
            options = options with { Continue = page.Continue };
        }
        while (page.Continue is not null);

        foreach (var changed in view.ReplaceAll(objects))
        {
            Changed?.Invoke(changed);
        }

        return page.ResourceVersion;
    }

    private async Task FollowAsync(
        ResourceKind kind, KindView view, string version, CancellationToken cancellationToken)
    {
        while (true)
        {
            await using var stream = await client.WatchAsync(
                kind, new WatchOptions { ResourceVersion = version }, cancellationToken);
            await foreach (var change in stream.WithCancellation(cancellationToken))
            {
                version = change.ResourceVersion;
                if (change.Type != WatchEventType.Bookmark && view.Take(change))
                {
                    Changed?.Invoke(change.Object);
                }
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Lists {Kind} again: {Reason}")]
    private partial void LogListAgain(ResourceKind kind, string reason);
}
