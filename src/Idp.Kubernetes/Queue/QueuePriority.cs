namespace Idp.Kubernetes.Queue;

/// <summary>What is handed out first when several keys are due.</summary>
public enum QueuePriority
{
    /// <summary>What was there before the process started: it must not hold up anybody.</summary>
    Low,

    /// <summary>What comes back by itself, or through another object.</summary>
    Normal,

    /// <summary>What somebody has just changed and waits for.</summary>
    High,
}
