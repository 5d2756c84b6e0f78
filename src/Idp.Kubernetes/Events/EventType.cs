namespace Idp.Kubernetes.Events;

/// <summary>How an event is meant.</summary>
public enum EventType
{
    /// <summary>Something happened as it should.</summary>
    Normal,

    /// <summary>Something that people may want to look at.</summary>
    Warning,
}
