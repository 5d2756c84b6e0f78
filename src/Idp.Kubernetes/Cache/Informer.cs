using Idp.Kubernetes.Model;
using Microsoft.Extensions.Logging;

namespace Idp.Kubernetes.Cache;

/// <summary>Which objects are to be kept in memory.</summary>
/// <param name="Kind">Their kind; it need not be served yet. Versions of a kind are different kinds.</param>
/// <param name="LabelSelector">Which of them; null for all.</param>
/// <param name="MetadataOnly">Whether metadata is enough.</param>
internal sealed record InformerRequest(ResourceKind Kind, string? LabelSelector = null, bool MetadataOnly = false);

/// <summary>Keeps the objects of one kind, or a selection of them, in memory.</summary>
internal sealed class Informer
{
    public Informer(InformerRequest request, IWatchSource source, TimeProvider clock, ILogger logger)
    {
        Request = request;
        Store = new Store(LabelSelector.Parse(request.LabelSelector));
        Watcher = new Watcher(request.Kind.ToString(), source, Store, clock, logger);
    }

    public InformerRequest Request { get; }

    public Store Store { get; }

    /// <summary>What keeps the store true to the server.</summary>
    public Watcher Watcher { get; }
}
