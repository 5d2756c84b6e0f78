namespace Idp.Kubernetes.Client;

/// <summary>Which changes to watch.</summary>
/// <remarks>https://kubernetes.io/docs/reference/using-api/api-concepts/#efficient-detection-of-changes</remarks>
public sealed record WatchOptions
{
    /// <summary>One namespace; empty for all.</summary>
    public string Namespace { get; init; } = "";

    /// <summary>Such as <c>app.kubernetes.io/managed-by=idp-operator</c>.</summary>
    public string? LabelSelector { get; init; }

    /// <summary>Such as <c>metadata.name=web</c>.</summary>
    public string? FieldSelector { get; init; }

    /// <summary>After which version to begin: that of a list, or of the last event.</summary>
    public required string ResourceVersion { get; init; }

    /// <summary>Whether only the metadata is wanted.</summary>
    public bool MetadataOnly { get; init; }

    /// <summary>After how long the server ends the watch.</summary>
    public TimeSpan ServerTimeout { get; init; } = TimeSpan.FromSeconds(290);

    /// <summary>After how long without a byte the connection counts as dead; five seconds after the server's timeout by default.</summary>
    /// <remarks>
    /// The server ends every watch after <see cref="ServerTimeout"/>; a stream that is silent for longer is one whose
    /// other end is gone without a word. That this is always set is the cure for half-open watches.
    /// </remarks>
    public TimeSpan IdleTimeout
    {
        get => field > TimeSpan.Zero ? field : ServerTimeout + TimeSpan.FromSeconds(5);
        init;
    }
}
