namespace Idp.Kubernetes.Client;

/// <summary>How to delete.</summary>
/// <remarks>https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/delete-options/</remarks>
public sealed record DeleteOptions
{
    /// <summary>Delete only the object with this uid, not a later one of the same name.</summary>
    public string? Uid { get; init; }

    /// <summary>Delete only this version of the object.</summary>
    public string? ResourceVersion { get; init; }

    /// <summary>What happens to what the object owns.</summary>
    public Propagation Propagation { get; init; } = Propagation.Background;
}
