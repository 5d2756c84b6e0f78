using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;

namespace Idp.Kubernetes.Apply;

/// <summary>What became of all desired objects, and what exists of ours now.</summary>
/// <param name="Objects">Every desired object, in the order given.</param>
/// <param name="Inventory">What exists, or may exist, and is ours: to be kept in status for the next apply and for the deletion.</param>
/// <param name="Remaining">What is no longer wanted and still there.</param>
/// <param name="Notes">What people may want to know, such as what was left where it is.</param>
public sealed record ApplyReport(
    IReadOnlyList<AppliedObject> Objects,
    IReadOnlyList<InventoryItem> Inventory,
    IReadOnlyList<RemainingObject> Remaining,
    IReadOnlyList<string> Notes)
{
    /// <summary>Whether every desired object is as wanted.</summary>
    public bool Succeeded => Objects.All(applied => applied.Succeeded);
}

/// <summary>How far a deletion has come.</summary>
/// <param name="Remaining">What is still there, the one that is waited for first.</param>
/// <param name="Notes">What people may want to know, such as what was left where it is.</param>
public sealed record DeleteReport(IReadOnlyList<RemainingObject> Remaining, IReadOnlyList<string> Notes)
{
    /// <summary>Whether nothing is left to wait for.</summary>
    public bool Done => Remaining.Count == 0;
}

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

/// <summary>What became of one desired object.</summary>
public enum ApplyOutcome
{
    /// <summary>It was as wanted already; nothing was written.</summary>
    Unchanged,

    /// <summary>It was made.</summary>
    Created,

    /// <summary>It was brought to what is wanted.</summary>
    Updated,

    /// <summary>It is ours and was brought to what is wanted, and somebody rewrites it whenever it is: see the message.</summary>
    Contested,

    /// <summary>There is such an object, and it is somebody else's; it was not touched.</summary>
    Conflict,

    /// <summary>The kind, or the namespace, is not there yet.</summary>
    DependencyMissing,

    /// <summary>The object or its namespace is being deleted; it can be made again when it is gone.</summary>
    Terminating,

    /// <summary>The server refused it, or could not be reached.</summary>
    Failed,

    /// <summary>It was not tried, or it changed faster than we could write; the next reconcile takes it up.</summary>
    Skipped,
}

/// <summary>An object that shall go and is still there.</summary>
/// <param name="Item">The object.</param>
/// <param name="Message">What it waits for, such as its finalizers, or why it cannot be deleted.</param>
public sealed record RemainingObject(InventoryItem Item, string Message);
