namespace Idp.Kubernetes.Client;

/// <summary>How the client behaves.</summary>
public sealed record KubeClientSettings
{
    /// <summary>What the client calls itself; seen in the server's audit log.</summary>
    public string UserAgent { get; init; } = "idp-kubernetes";

    /// <summary>What lets writes through, or does not; null for all of them.</summary>
    public WriteFence? Fence { get; init; }

    /// <summary>How long a request may take; of a watch, until it begins.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Where time comes from.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
