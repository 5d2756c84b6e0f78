namespace Idp.Kubernetes.Client;

/// <summary>Why the API server refused a request (<c>metav1.Status</c>).</summary>
/// <remarks>https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/status/</remarks>
public sealed record KubeStatus
{
    /// <summary>The HTTP status; 0 when no answer came.</summary>
    public int Code { get; init; }

    /// <summary>Why, as one word that programs may match; empty when the answer was no Status.</summary>
    public string Reason { get => field ?? ""; init; }

    /// <summary>Why, for people.</summary>
    public string Message { get => field ?? ""; init; }

    /// <summary>What the answer is about; null when the server did not say.</summary>
    public KubeStatusDetails? Details { get; init; }

    /// <summary>Whether one of the causes has this reason, such as <c>NamespaceTerminating</c>.</summary>
    public bool HasCause(string reason) =>
        Details is not null && Details.Causes.Any(cause => string.Equals(cause.Reason, reason, StringComparison.Ordinal));
}
