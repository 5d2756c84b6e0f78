namespace Idp.Kubernetes.Client;

/// <summary>Which objects of a kind to list.</summary>
/// <remarks>https://kubernetes.io/docs/reference/using-api/api-concepts/#retrieving-large-results-sets-in-chunks</remarks>
public sealed record ListOptions
{
    /// <summary>One namespace; empty for all.</summary>
    public string Namespace { get; init; } = "";

    /// <summary>Such as <c>app.kubernetes.io/managed-by=idp-operator</c>.</summary>
    public string? LabelSelector { get; init; }

    /// <summary>Such as <c>metadata.name=web</c>.</summary>
    public string? FieldSelector { get; init; }

    /// <summary>How many objects one page holds.</summary>
    public int Limit { get; init; } = 500;

    /// <summary>The token of the page before; null for the first page.</summary>
    public string? Continue { get; init; }

    /// <summary>How fresh the list must be; null for the newest, <c>0</c> for whatever the server has at hand.</summary>
    public string? ResourceVersion { get; init; }

    /// <summary>Whether only the metadata is wanted, which is far less to send and to keep.</summary>
    public bool MetadataOnly { get; init; }
}
