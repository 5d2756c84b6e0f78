using Idp.Kubernetes.Model.Attributes;

namespace Idp.Entities;

/// <summary>One environment of the application, and where it differs from the others.</summary>
public sealed record EnvironmentSpec
{
    /// <summary>The environment's name, such as <c>staging</c>; the namespace is called APPLICATION-NAME.</summary>
    [Pattern("^" + Patterns.LetteredDnsLabel + "$")]
    [Length(1, 22)]
    public required string Name { get; init; }

    /// <summary>What it is for; default: what the platform says for an environment of that name.</summary>
    public Stage? Stage { get; init; }

    /// <summary>How many pods run here; default: the application's <c>replicas</c>.</summary>
    [RangeMinimum(0)]
    [RangeMaximum(100)]
    public int? Replicas { get; init; }

    /// <summary>The host name under which it is reached; default: the platform's rule.</summary>
    [Pattern("^" + Patterns.HostName + "$")]
    [Length(1, 253)]
    public string? Host { get; init; }

    /// <summary>Who starts a deployment; default: what the platform says for the stage.</summary>
    public SyncMode? Sync { get; init; }

    /// <summary>What the container asks for here; default: the application's <c>resources</c>.</summary>
    public ComputeResources? Resources { get; init; }

    /// <summary>Environment variables of this environment; they win over the application's of the same name.</summary>
    [Items(0, 64)]
    [XListType(XListType.Map)]
    [XListMapKeys("name")]
    public IReadOnlyList<EnvironmentVariable> Env { get => field ?? []; init; }
}
