using System.Text.Json.Serialization;
using Idp.Kubernetes.Model.Attributes;

namespace Idp.Entities;

/// <summary>An amount of CPU and memory.</summary>
public sealed record ResourceAmounts
{
    /// <summary>CPU in cores, such as <c>500m</c> for half a core.</summary>
    [JsonConverter(typeof(QuantityConverter))]
    [IntOrString]
    [Pattern("^" + Patterns.Quantity + "$")]
    [Length(1, 32)]
    public string? Cpu { get; init; }

    /// <summary>Memory in bytes, such as <c>256Mi</c>.</summary>
    [JsonConverter(typeof(QuantityConverter))]
    [IntOrString]
    [Pattern("^" + Patterns.Quantity + "$")]
    [Length(1, 32)]
    public string? Memory { get; init; }
}
