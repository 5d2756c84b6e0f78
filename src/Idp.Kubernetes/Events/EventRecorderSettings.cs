namespace Idp.Kubernetes.Events;

/// <summary>How events are recorded; the limits are those of client-go.</summary>
public sealed record EventRecorderSettings
{
    /// <summary>Who reports, as a qualified name such as <c>idp.dev/idp-operator</c>.</summary>
    public required string ReportingController { get; init; }

    /// <summary>Which process of it, such as the pod's name.</summary>
    public required string ReportingInstance { get; init; }

    /// <summary>How many events may wait to be sent; more are dropped.</summary>
    public int QueueLength { get; init; } = 1_000;

    /// <summary>How many writes one object may cost at once.</summary>
    public int Burst { get; init; } = 25;

    /// <summary>After how long an object may cost one more.</summary>
    public TimeSpan Refill { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>After how long without a repeat an event counts as a new one.</summary>
    public TimeSpan SeriesLifetime { get; init; } = TimeSpan.FromMinutes(6);
}

/// <summary>How an event is meant.</summary>
public enum EventType
{
    /// <summary>Something happened as it should.</summary>
    Normal,

    /// <summary>Something that people may want to look at.</summary>
    Warning,
}
