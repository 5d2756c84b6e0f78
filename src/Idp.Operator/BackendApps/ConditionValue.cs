using Idp.Kubernetes.Model;

namespace Idp.Operator.BackendApps;

/// <summary>What a condition will say.</summary>
/// <param name="Status">Whether it holds.</param>
/// <param name="Reason">Why, in one CamelCase word.</param>
/// <param name="Message">Why, for people.</param>
internal sealed record ConditionValue(ConditionStatus Status, string Reason, string Message);
