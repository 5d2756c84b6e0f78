namespace Idp.Operator.Settings;

/// <summary>What a container gets that asks for nothing.</summary>
public sealed record ContainerDefaultSettings
{
    /// <summary>Processor time, requested and not limited.</summary>
    public string Cpu { get; init; } = "100m";

    /// <summary>Memory, requested and limited.</summary>
    public string Memory { get; init; } = "256Mi";
}
