using System.Text.Json.Serialization;
using Idp.Kubernetes.Model.Attributes;

namespace Idp.Entities;

/// <summary>What a manifest decides over the repository's Deployment: of a whole application, or of one of its environments.</summary>
/// <remarks>A field that is added here is one of both kinds at once; <see cref="EnvironmentWorkload.Of"/> says which of the two wins.</remarks>
public abstract record WorkloadSpec
{
    /// <summary>How many pods run; an environment's own wins over the application's, and without either the repository decides.</summary>
    [RangeMinimum(0)]
    [RangeMaximum(100)]
    public int? Replicas { get; init; }

    /// <summary>What the container asks for; an environment's own wins over the application's, and without either the repository decides.</summary>
    public ComputeResources? Resources { get; init; }

    /// <summary>Environment variables, besides those that the repository sets; an environment's win over the application's of the same name.</summary>
    [Items(0, 64)]
    [XListType(XListType.Map)]
    [XListMapKeys("name")]
    public virtual IReadOnlyList<EnvironmentVariable> Env { get => field ?? []; init; }
}

/// <summary>What the manifest decides over the repository.</summary>
public sealed record EnvironmentWorkload : WorkloadSpec
{
    /// <summary>The container image; with a tag or digest it is pinned, without one the repository decides.</summary>
    [Pattern("^" + Patterns.Image + "$")]
    [Length(1, 512)]
    public string? Image { get; init; }

    /// <summary>Environment variables, besides those that the repository sets: the application's and the environment's own.</summary>
    [Items(0, 128)]
    [XListType(XListType.Map)]
    [XListMapKeys("name")]
    public override IReadOnlyList<EnvironmentVariable> Env { get => field ?? []; init; }

    /// <summary>The workload of one environment: what it says itself, else what the application says.</summary>
    /// <param name="application">What holds in every environment.</param>
    /// <param name="environment">What holds in this one.</param>
    public static EnvironmentWorkload Of(WorkloadSpec application, WorkloadSpec environment)
    {
        ArgumentNullException.ThrowIfNull(application);
        ArgumentNullException.ThrowIfNull(environment);
        var own = environment.Env.Select(variable => variable.Name).ToHashSet(StringComparer.Ordinal);
        return new EnvironmentWorkload
        {
            Replicas = environment.Replicas ?? application.Replicas,
            Resources = environment.Resources ?? application.Resources,
            Env = [.. application.Env.Where(variable => !own.Contains(variable.Name)), .. environment.Env],
        };
    }
}

/// <summary>One environment variable with a plain value.</summary>
public sealed record EnvironmentVariable
{
    /// <summary>The variable's name.</summary>
    [Pattern("^" + Patterns.VariableName + "$")]
    [Length(1, 128)]
    public required string Name { get; init; }

    /// <summary>The value; empty by default. Not for secrets: those belong into <c>secrets</c>.</summary>
    [Length(0, 4096)]
    public string Value { get => field ?? ""; init; }
}

/// <summary>What a container asks for and what it may not exceed.</summary>
public sealed record ComputeResources
{
    /// <summary>What is set aside for the container.</summary>
    public ResourceQuantities? Requests { get; init; }

    /// <summary>What the container may not exceed.</summary>
    public ResourceQuantities? Limits { get; init; }
}

/// <summary>An amount of CPU and memory.</summary>
public sealed record ResourceQuantities
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
