using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;

namespace Idp.Kubernetes.Apply;

/// <summary>One desired object and what became of it.</summary>
/// <param name="Desired">What was wanted.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Live">The object as it is now; null where there is none, or none that we know.</param>
/// <param name="Message">Why it is not as wanted, in one sentence; empty when it is.</param>
public sealed record AppliedObject(DesiredObject Desired, ApplyOutcome Outcome, KubeObject? Live, string Message)
{
    /// <summary>What the server answered, where it refused; tells what a retry may help from what it cannot.</summary>
    public KubeException? Error { get; init; }

    /// <summary>When the next look makes sense, should no change come before; null leaves it to the outcome.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether the object is there with our intent in it, whatever others make of that: what needs it may follow.</summary>
    internal bool IsThere => Succeeded || Outcome == ApplyOutcome.Contested;

    /// <summary>Whether the object is as wanted.</summary>
    public bool Succeeded => Outcome is ApplyOutcome.Unchanged or ApplyOutcome.Created or ApplyOutcome.Updated;
}
