using Idp.Kubernetes.Model.Attributes;

namespace Idp.Entities;

/// <summary>What the manifest decides over the repository.</summary>
public sealed record WorkloadSpec
{
    /// <summary>The container image; with a tag or digest it is pinned, without one the repository decides.</summary>
    [Pattern("^" + Patterns.Image + "$")]
    [Length(1, 512)]
    public string? Image { get; init; }

    /// <summary>How many pods run; default: what the repository says.</summary>
    [RangeMinimum(0)]
    [RangeMaximum(100)]
    public int? Replicas { get; init; }

    /// <summary>What the container asks for; default: what the repository says.</summary>
    public ComputeResources? Resources { get; init; }

    /// <summary>Environment variables, besides those that the repository sets.</summary>
    [Items(0, 128)]
    [XListType(XListType.Map)]
    [XListMapKeys("name")]
    public IReadOnlyList<EnvironmentVariable> Env { get => field ?? []; init; }
}
