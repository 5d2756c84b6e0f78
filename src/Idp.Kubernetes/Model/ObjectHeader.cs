namespace Idp.Kubernetes.Model;

/// <summary>What is read of an object at once.</summary>
internal sealed record ObjectHeader
{
    public ObjectMeta? Metadata { get; init; }
}
