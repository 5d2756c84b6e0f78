using Idp.Kubernetes.Apply;
using Idp.Kubernetes.Model;

namespace Idp.Operator.ApplicationEnvironments;

/// <summary>One part of an environment: the objects whose state one condition tells.</summary>
/// <param name="Condition">The condition's type.</param>
/// <param name="Objects">The objects in the order in which they are applied; none where the part was not asked for.</param>
internal sealed record PlanSection(string Condition, IReadOnlyList<DesiredObject> Objects)
{
    /// <summary>The kind of what the part shares with other environments; null where it shares nothing.</summary>
    public ResourceKind? Shared { get; init; }

    /// <summary>Whether what became of an object tells of this part.</summary>
    public bool IsAbout(DesiredObject desired) => Objects.Contains(desired) || (Shared is not null && desired.Kind == Shared);
}
