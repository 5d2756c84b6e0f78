using Idp.Kubernetes.Queue;

namespace Idp.Kubernetes.Controllers;

/// <summary>How a controller works through its queue.</summary>
internal sealed record ControllerOptions
{
    /// <summary>The name in logs and metrics: the kind.</summary>
    public string Name { get; init; } = "";

    /// <summary>How many keys are reconciled at once.</summary>
    public int Workers { get; init; } = Math.Max(4, 2 * Environment.ProcessorCount);

    /// <summary>How long one reconcile may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long a key pauses after failures.</summary>
    public Backoff Backoff { get; init; } = new(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5));

    /// <summary>Where time comes from.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
