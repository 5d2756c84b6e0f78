namespace Idp.Sandbox.World;

/// <summary>How the operator's process is started.</summary>
public sealed record OperatorOptions
{
    /// <summary>The program <c>idp</c>.</summary>
    public required string Binary { get; init; }

    /// <summary>The platform's settings.</summary>
    public required string PlatformPath { get; init; }

    /// <summary>The operator's own access, not the administrator's.</summary>
    public required string Kubeconfig { get; init; }

    /// <summary>Where it serves health and metrics; a loopback address with a port.</summary>
    public required Uri Address { get; init; }

    /// <summary>Where its output goes; appended to.</summary>
    public required string LogPath { get; init; }

    /// <summary>Its name in the leader election; null for its own choice.</summary>
    public string? Identity { get; init; }

    /// <summary>How much it logs.</summary>
    public string LogLevel { get; init; } = "Information";

    /// <summary>More variables in its environment.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>More arguments of <c>run</c>.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>Where time comes from.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
