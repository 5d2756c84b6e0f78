using System.Runtime.CompilerServices;
using Idp.Kubernetes.Client;

namespace Idp.Kubernetes.Cache;

/// <summary>Where a watcher reads from: an API server, or a script.</summary>
internal interface IWatchSource
{
    /// <summary>Reads one page of the list; any version will do where the watch brings what is newer.</summary>
    Task<KubeList> ListPageAsync(string? continueToken, bool anyVersion, CancellationToken cancellationToken);

    /// <summary>Watches from the resource version of a list or of the last event on; hangs up when the enumeration ends.</summary>
    IAsyncEnumerable<WatchEvent> WatchAsync(string resourceVersion, TimeSpan serverTimeout, CancellationToken cancellationToken);
}

/// <summary>Reads from an API server.</summary>
internal sealed class ClientWatchSource(KubeClient client, InformerRequest request) : IWatchSource
{
    public Task<KubeList> ListPageAsync(string? continueToken, bool anyVersion, CancellationToken cancellationToken) =>
        client.ListPageAsync(
            request.Kind,
            new ListOptions
            {
                LabelSelector = request.LabelSelector,
                MetadataOnly = request.MetadataOnly,
                Continue = continueToken,
                ResourceVersion = anyVersion && continueToken is null ? "0" : null,
            },
            cancellationToken);

    public async IAsyncEnumerable<WatchEvent> WatchAsync(
        string resourceVersion, TimeSpan serverTimeout, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var options = new WatchOptions
        {
            ResourceVersion = resourceVersion,
            LabelSelector = request.LabelSelector,
            MetadataOnly = request.MetadataOnly,
            ServerTimeout = serverTimeout,
        };
        await using var stream = await client.WatchAsync(request.Kind, options, cancellationToken);
        await foreach (var watched in stream.WithCancellation(cancellationToken))
        {
            yield return watched;
        }
    }
}
