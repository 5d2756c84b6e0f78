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

    /// <summary>The first pause after a failure; it doubles from there.</summary>
    public TimeSpan BackoffFirst { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest pause after a failure.</summary>
    public TimeSpan BackoffCap { get; init; } = TimeSpan.FromMinutes(5);
}
