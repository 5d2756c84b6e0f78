using System.Text.Json.Serialization;

namespace Idp.Kubernetes.Model;

/// <summary>Says which object in the same namespace (or which cluster-scoped object) owns this one.</summary>
/// <remarks>https://kubernetes.io/docs/concepts/overview/working-with-objects/owners-dependents/</remarks>
public sealed record OwnerReference
{
    /// <summary>The owner's <c>apiVersion</c>.</summary>
    [JsonConverter(typeof(InternedStringConverter))]
    public required string ApiVersion { get; init; }

    /// <summary>The owner's kind.</summary>
    [JsonConverter(typeof(InternedStringConverter))]
    public required string Kind { get; init; }

    /// <summary>The owner's name.</summary>
    [JsonConverter(typeof(InternedStringConverter))]
    public required string Name { get; init; }

    /// <summary>The owner's uid: a new object of the same name is another owner.</summary>
    public required string Uid { get; init; }

    /// <summary>Whether the owner is the managing controller; at most one owner may be.</summary>
    public bool? Controller { get; init; }

    /// <summary>Whether a foreground deletion of the owner waits for this object.</summary>
    public bool? BlockOwnerDeletion { get; init; }
}
