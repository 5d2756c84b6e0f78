using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Idp.Kubernetes.Model.Attributes;

namespace Idp.Entities;

/// <summary>The limits of the environment's namespace; default: what the platform says for the stage.</summary>
public sealed record GuardrailsSpec
{
    /// <summary>What the namespace may use in all, as a ResourceQuota says it, such as <c>requests.cpu</c>.</summary>
    [JsonConverter(typeof(QuantityMapConverter))]
    [Keys(Patterns.QuotaKey, 128)]
    [IntOrString]
    [Pattern("^" + Patterns.Quantity + "$")]
    [Length(1, 32)]
    [PropertyLimits(0, 32)]
    public IReadOnlyDictionary<string, string> Quota
    {
        get => field ?? ImmutableDictionary<string, string>.Empty;
        init;
    }

    /// <summary>What a container gets that asks for nothing.</summary>
    public ResourceQuantities? ContainerDefaults { get; init; }

    /// <summary>From where the pods may be reached.</summary>
    public NetworkIsolation? NetworkIsolation { get; init; }

    /// <summary>The pod security standard that is enforced.</summary>
    public PodSecurity? PodSecurity { get; init; }

    /// <summary>Who may do what in the namespace.</summary>
    [Items(0, 32)]
    [XListType(XListType.Map)]
    [XListMapKeys("group", "role")]
    public IReadOnlyList<AccessSpec> Access { get => field ?? []; init; }
}

/// <summary>From where the environment's pods may be reached.</summary>
[JsonConverter(typeof(StrictEnumConverter<NetworkIsolation>))]
public enum NetworkIsolation
{
    /// <summary>From their own namespace and the ingress controller.</summary>
    Namespace,

    /// <summary>From everywhere.</summary>
    None,
}

/// <summary>The pod security standard that the namespace enforces.</summary>
[JsonConverter(typeof(StrictEnumConverter<PodSecurity>))]
public enum PodSecurity
{
    /// <summary>Hardened pods only.</summary>
    Restricted,

    /// <summary>No known privilege escalations.</summary>
    Baseline,

    /// <summary>Everything.</summary>
    Privileged,
}

/// <summary>One group's access to the environment's namespace.</summary>
public sealed record AccessSpec
{
    /// <summary>The group, as the cluster's authentication names it.</summary>
    [Pattern("^" + Patterns.UserGroup + "$")]
    [Length(1, 128)]
    public required string Group { get; init; }

    /// <summary>What the group may do.</summary>
    public required AccessRole Role { get; init; }
}

/// <summary>What a group may do in the environment's namespace.</summary>
[JsonConverter(typeof(StrictEnumConverter<AccessRole>))]
public enum AccessRole
{
    /// <summary>Read, except secrets.</summary>
    View,

    /// <summary>Change workloads.</summary>
    Edit,

    /// <summary>Change everything, roles included.</summary>
    Admin,
}
