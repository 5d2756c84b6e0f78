using System.Text.Json.Serialization;

namespace Idp.Kubernetes.Model;

/// <summary>One observation of an object's state (<c>metav1.Condition</c>).</summary>
/// <remarks>
/// https://github.com/kubernetes/community/blob/master/contributors/devel/sig-architecture/api-conventions.md#typical-status-properties
/// </remarks>
public sealed record Condition
{
    /// <summary>What is observed, in PascalCase, such as <c>Ready</c>.</summary>
    public required string Type { get; init; }

    /// <summary>Whether it holds.</summary>
    public required ConditionStatus Status { get; init; }

    /// <summary>Why, as one CamelCase word that programs may match.</summary>
    public required string Reason { get; init; }

    /// <summary>Why, and what to do, for people; may be empty.</summary>
    public string Message { get => field ?? ""; init; }

    /// <summary>The generation of the object that was observed.</summary>
    public long ObservedGeneration { get; init; }

    /// <summary>When <see cref="Status"/> changed last, to the second.</summary>
    [JsonConverter(typeof(KubeTimeConverter))]
    public DateTimeOffset LastTransitionTime { get; init; }
}
