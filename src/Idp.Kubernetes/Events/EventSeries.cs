using Idp.Kubernetes.Model;

namespace Idp.Kubernetes.Events;

/// <summary>One event in the cluster and how often it happened.</summary>
internal sealed class EventSeries(ObjectKey key)
{
    public ObjectKey Key { get; } = key;

    public int Count { get; set; } = 1;

    public string Note { get; set; } = "";

    /// <summary>Whether the cluster has it.</summary>
    public bool IsSent { get; set; }
}
