namespace Idp.Kubernetes.Client;

/// <summary>How to apply.</summary>
/// <remarks>https://kubernetes.io/docs/reference/using-api/server-side-apply/</remarks>
public sealed record ApplyOptions
{
    /// <summary>Who the fields shall belong to; one stable name.</summary>
    public required string FieldManager { get; init; }

    /// <summary>Whether to take fields from other managers; without it they are a conflict.</summary>
    public bool Force { get; init; }

    /// <summary>Whether the server shall only say what it would do.</summary>
    public bool DryRun { get; init; }

    /// <summary>Such as <c>status</c>; null for the object itself.</summary>
    public string? Subresource { get; init; }
}
