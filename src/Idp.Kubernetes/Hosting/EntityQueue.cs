using Idp.Kubernetes.Model;
using Idp.Kubernetes.Queue;

namespace Idp.Kubernetes.Hosting;

/// <summary>The queue of one kind, found by its type.</summary>
internal sealed class EntityQueue<TEntity>(TimeProvider clock) : IDisposable
{
    public WorkQueue<ObjectKey> Keys { get; } = new(clock);

    public void Dispose() => Keys.Dispose();
}
