using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Idp.Kubernetes.Model.Attributes;

namespace Idp.Entities;

/// <summary>The limits of the environment's namespace; default: what the platform says for the stage.</summary>
public sealed record GuardrailsSpec
{
    /// <summary>What the namespace may use in all, as a ResourceQuota says it, such as <c>requests.cpu</c>.</summary>
    [JsonConverter(typeof(QuantityMapConverter))]
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
    public ResourceAmounts? ContainerDefaults { get; init; }

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
