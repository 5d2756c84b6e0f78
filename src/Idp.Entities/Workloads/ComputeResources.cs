namespace Idp.Entities;

/// <summary>What a container asks for and what it may not exceed.</summary>
public sealed record ComputeResources
{
    /// <summary>What is set aside for the container.</summary>
    public ResourceAmounts? Requests { get; init; }

    /// <summary>What the container may not exceed.</summary>
    public ResourceAmounts? Limits { get; init; }
}
