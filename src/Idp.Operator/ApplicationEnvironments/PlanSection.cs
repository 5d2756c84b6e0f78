using Idp.Kubernetes.Controllers;

namespace Idp.Operator.ApplicationEnvironments;

/// <summary>One part of an environment: the objects whose state one condition tells.</summary>
/// <param name="Condition">The condition's type.</param>
/// <param name="Objects">The objects in the order in which they are applied; none where the part was not asked for.</param>
internal sealed record PlanSection(string Condition, IReadOnlyList<DesiredObject> Objects);
