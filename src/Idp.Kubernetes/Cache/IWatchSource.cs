using System.Runtime.CompilerServices;
using Idp.Kubernetes.Client;

namespace Idp.Kubernetes.Cache;

/// <summary>Where a watcher reads from: an API server, or a script.</summary>
internal interface IWatchSource
{
    /// <summary>Reads one page of the list.</summary>
    /// <param name="continueToken">The token of the page before; null for the first.</param>
    /// <param name="anyVersion">Whether what the server has at hand will do, because the watch brings what is newer.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    Task<KubeList> ListPageAsync(string? continueToken, bool anyVersion, CancellationToken cancellationToken);

    /// <summary>Watches from a resource version on; hangs up when the enumeration ends.</summary>
    /// <param name="resourceVersion">Of a list, or of the last event.</param>
    /// <param name="serverTimeout">When the server is to end the watch.</param>
    /// <param name="cancellationToken">Ends the watch.</param>
    IAsyncEnumerable<WatchEvent> WatchAsync(
        string resourceVersion, TimeSpan serverTimeout, CancellationToken cancellationToken);
}

/// <summary>Reads from an API server.</summary>
internal sealed class ClientWatchSource(KubeClient client, InformerRequest request) : IWatchSource
{
    /// <inheritdoc/>
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

    /// <inheritdoc/>
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
