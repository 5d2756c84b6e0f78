using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Idp.Kubernetes.Model;

/// <summary>The part of an object that every kind shares, as far as this library reads it.</summary>
/// <remarks>
/// Read only: objects are written by server-side apply or JSON patch, never from here, so fields that are not
/// listed (such as <c>managedFields</c>) cannot get lost. Defaults stand in the getters because source-generated JSON
/// sets every init property, with null where the object says nothing.
/// https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/object-meta/
/// </remarks>
public sealed record ObjectMeta
{
    /// <summary>The object's name.</summary>
    public string Name { get => field ?? ""; init; }

    /// <summary>The object's namespace; null for a cluster-scoped object.</summary>
    [JsonConverter(typeof(InternedStringConverter))]
    public string? Namespace { get; init; }

    /// <summary>Unique over time and space; a recreated object has another.</summary>
    public string Uid { get => field ?? ""; init; }

    /// <summary>The server's version of the object.</summary>
    public string ResourceVersion { get => field ?? ""; init; }

    /// <summary>Counts the changes of the desired state; 0 where the kind does not count.</summary>
    public long Generation { get; init; }

    /// <summary>When the server stored the object first.</summary>
    public DateTimeOffset? CreationTimestamp { get; init; }

    /// <summary>When deletion was asked for; null while the object is wanted.</summary>
    public DateTimeOffset? DeletionTimestamp { get; init; }

    /// <summary>The labels; empty where there are none.</summary>
    [JsonConverter(typeof(StringMapConverter))]
    public IReadOnlyDictionary<string, string> Labels
    {
        get => field ?? ImmutableDictionary<string, string>.Empty;
        init;
    }

    /// <summary>The annotations; empty where there are none.</summary>
    [JsonConverter(typeof(StringMapConverter))]
    public IReadOnlyDictionary<string, string> Annotations
    {
        get => field ?? ImmutableDictionary<string, string>.Empty;
        init;
    }

    /// <summary>Who has to finish before the object may go.</summary>
    public IReadOnlyList<string> Finalizers { get => field ?? []; init; }

    /// <summary>The owners.</summary>
    public IReadOnlyList<OwnerReference> OwnerReferences { get => field ?? []; init; }

    /// <summary>Namespace and name together.</summary>
    [JsonIgnore]
    public ObjectKey Key => new(Namespace ?? "", Name);

    /// <summary>Whether deletion was asked for.</summary>
    [JsonIgnore]
    public bool IsDeleting => DeletionTimestamp is not null;

    /// <summary>The owner that controls the object, if any.</summary>
    [JsonIgnore]
    public OwnerReference? ControllerOwner => OwnerReferences.FirstOrDefault(owner => owner.Controller == true);
}

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
}
