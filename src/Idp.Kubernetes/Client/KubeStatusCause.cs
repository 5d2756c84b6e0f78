namespace Idp.Kubernetes.Client;

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
