using System.Text.Json.Serialization;
using k8s.KubeConfigModels;

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

/// <summary>What a refused request was about.</summary>
public sealed record KubeStatusDetails
{
    /// <summary>The object's name; empty when the answer is not about one object.</summary>
    public string Name { get => field ?? ""; init; }

    /// <summary>The object's kind; for a missing object the server says the plural here.</summary>
    public string Kind { get => field ?? ""; init; }

    /// <summary>Every single fault.</summary>
    public IReadOnlyList<KubeStatusCause> Causes { get => field ?? []; init; }

    /// <summary>How long the server asks to wait; 0 when it does not.</summary>
    public int RetryAfterSeconds { get; init; }
}

/// <summary>One fault of a refused request.</summary>
public sealed record KubeStatusCause
{
    /// <summary>The fault as one word, such as <c>FieldValueInvalid</c> or <c>NamespaceTerminating</c>.</summary>
    public string Reason { get => field ?? ""; init; }

    /// <summary>The fault, for people.</summary>
    public string Message { get => field ?? ""; init; }

    /// <summary>The field at fault, such as <c>spec.replicas</c>.</summary>
    public string Field { get => field ?? ""; init; }
}

/// <summary>How answers that are no objects are read, without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(KubeStatus))]
[JsonSerializable(typeof(ExecCredentialResponse))]
internal sealed partial class ClientJson : JsonSerializerContext;
