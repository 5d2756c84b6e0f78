using Idp.Kubernetes.Model;

namespace Idp.Operator.Reporting;

/// <summary>Says who still holds an object when we are done with it.</summary>
internal static class OtherFinalizers
{
    /// <summary>The sentence; null where nobody else holds it.</summary>
    /// <param name="metadata">The object's.</param>
    /// <param name="ours">Our own finalizer, which is about to go.</param>
    public static string? WaitingFor(ObjectMeta metadata, string ours)
    {
        var others = metadata.Finalizers.Where(finalizer => finalizer != ours).ToList();
        return others.Count == 0
            ? null
            : $"The operator is done. The deletion waits for whoever removes the finalizers {string.Join(", ", others)}.";
    }
}
