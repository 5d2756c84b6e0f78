namespace Idp.Kubernetes.Model.Attributes;

/// <summary>How server-side apply merges a list.</summary>
/// <remarks>https://kubernetes.io/docs/reference/using-api/server-side-apply/#merge-strategy</remarks>
public enum XListType
{
    /// <summary>As a whole.</summary>
    Atomic,

    /// <summary>Every value stands once.</summary>
    Set,

    /// <summary>Every item has a key that stands once.</summary>
    Map,
}
