using Idp.Kubernetes.Model;

namespace Idp.Kubernetes.Events;

/// <summary>What makes two events the same: not the note, which may hold a number that changes each time.</summary>
internal readonly record struct SeriesKey(ObjectReference Regarding, string Reason, EventType Type);
