using Idp.Kubernetes.Model;

namespace Idp.Kubernetes.Events;

/// <summary>An event that was published and not yet sent.</summary>
internal sealed record PendingEvent(ObjectReference Regarding, string Reason, string Note, EventType Type, DateTimeOffset At);
