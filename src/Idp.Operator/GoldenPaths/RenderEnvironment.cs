using Idp.Entities;

namespace Idp.Operator.GoldenPaths;

/// <summary>One environment that a golden path is rendered for.</summary>
public sealed record RenderEnvironment
{
    /// <summary>The name: that of its overlay.</summary>
    public required string Name { get; init; }

    /// <summary>The stage.</summary>
    public required Stage Stage { get; init; }

    /// <summary>The host of its Ingress.</summary>
    public required string Host { get; init; }

    /// <summary>The namespace that it runs in.</summary>
    public required string Namespace { get; init; }

    /// <summary>How many copies run.</summary>
    public int Replicas { get; init; } = 1;
}
