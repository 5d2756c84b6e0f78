using System.Collections.Immutable;
using Idp.Kubernetes.Model.Attributes;

namespace Idp.Entities;

/// <summary>Which golden path the repository is made from.</summary>
public sealed record TemplateSpec
{
    /// <summary>The golden path; default: the platform's.</summary>
    [Pattern("^" + Patterns.DnsLabel + "$")]
    [Length(1, 63)]
    public string? Name { get; init; }

    /// <summary>What the golden path asks for; it says itself which parameters it has, and their defaults.</summary>
    [Length(0, 1024)]
    [PropertyLimits(0, 64)]
    public IReadOnlyDictionary<string, string> Parameters
    {
        get => field ?? ImmutableDictionary<string, string>.Empty;
        init;
    }
}
