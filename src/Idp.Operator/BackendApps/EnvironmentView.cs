using System.Text.Json;
using Idp.Entities;
using Idp.Kubernetes.Apply;
using Idp.Kubernetes.Model;

namespace Idp.Operator.BackendApps;

/// <summary>What a BackendApp sees of one of its environments.</summary>
/// <param name="Name">The name in the manifest.</param>
/// <param name="Ready">Its Ready condition; null while it has none for its newest generation.</param>
/// <param name="Stalled">Why only people can help; null where it does not take them.</param>
/// <param name="Status">What it says of itself; null before it exists.</param>
public sealed record EnvironmentView(string Name, Condition? Ready, Condition? Stalled, ApplicationEnvironmentStatus? Status)
{
    /// <summary>Whether the environment is deployed and healthy.</summary>
    public bool IsReady => Ready?.Status == ConditionStatus.True;

    /// <summary>Whether something is still on its way to it, so that it may become ready by itself.</summary>
    public bool IsMoving => !IsReady && (Ready is null || Status is null || Status.Conditions.Any(
        condition => condition is { Type: Conditions.Reconciling, Status: ConditionStatus.True }));

    /// <summary>Whether it says nothing of itself yet.</summary>
    public bool IsSilent => SaysTheSameAs(None(Name));

    private object Told => (Ready, Stalled, IsMoving, Status?.Namespace, Status?.Url, Status?.Sync, Status?.Health, Status?.Revision);

    /// <summary>Whether a BackendApp tells the same of both.</summary>
    public bool SaysTheSameAs(EnvironmentView other) => Told.Equals(other.Told);

    /// <summary>Reads all environments after an apply.</summary>
    public static IReadOnlyList<EnvironmentView> Applied(ResolvedApp resolved, ApplyReport report)
    {
        var byName = report.Objects.ToDictionary(o => o.Desired.Key.Name, StringComparer.Ordinal);
        return [.. resolved.Environments.Select(e => Of(e, byName.GetValueOrDefault(e.ObjectName)))];
    }

    /// <summary>Reads all environments where nothing was applied.</summary>
    public static IReadOnlyList<EnvironmentView> Seen(ResolvedApp resolved, IReadOnlyList<KubeObject> live)
    {
        var byName = live.ToDictionary(o => o.Metadata.Name, StringComparer.Ordinal);
        return [.. resolved.Environments.Select(e => byName.TryGetValue(e.ObjectName, out var found)
            ? Of(e.Spec.Name, found)
            : None(e.Spec.Name))];
    }

    /// <summary>Reads what an apply left of one.</summary>
    private static EnvironmentView Of(ResolvedEnvironment environment, AppliedObject? applied)
    {
        var name = environment.Spec.Name;
        if (applied is { Live: null } or { Outcome: ApplyOutcome.Conflict or ApplyOutcome.Contested or ApplyOutcome.Failed })
        {
            var failed = Failed(applied);
            return new EnvironmentView(name, failed, applied.Outcome == ApplyOutcome.Conflict ? failed : null, null);
        }

        return applied?.Live is { } live ? Of(name, live) : None(name);
    }

    /// <summary>Reads a live environment.</summary>
    public static EnvironmentView Of(string name, KubeObject live)
    {
        if (Read(live)?.Status is not { } status)
        {
            return None(name);
        }

        return new EnvironmentView(
            name,
            Newest(status, Conditions.Ready, live.Metadata.Generation),
            Newest(status, Conditions.Stalled, live.Metadata.Generation) is { Status: ConditionStatus.True } stalled ? stalled : null,
            status);
    }

    /// <summary>Where a live environment is deployed from; null where that cannot be read.</summary>
    public static string? SourceOf(KubeObject live) => Read(live)?.Spec.Source.RepoUrl;

    private static EnvironmentView None(string name) => new(name, null, Stalled: null, null);

    private static ApplicationEnvironment? Read(KubeObject live)
    {
        try
        {
            return live.Deserialize(ApplicationEnvironment.JsonType);
        }
        catch (JsonException)
        {
            // Only an old schema lets such an object through; its own controller says so on it.
            return null;
        }
    }

    private static Condition? Newest(ApplicationEnvironmentStatus status, string type, long generation) =>
        status.Conditions.FirstOrDefault(condition => condition.Type == type && condition.ObservedGeneration >= generation);

    private static Condition Failed(AppliedObject applied) => new()
    {
        Type = Conditions.Ready,
        Status = ConditionStatus.False,
        Reason = applied.Outcome switch
        {
            ApplyOutcome.Conflict => Reasons.ResourceConflict,
            ApplyOutcome.Contested => Reasons.FieldContested,
            ApplyOutcome.DependencyMissing => Reasons.DependencyMissing,
            ApplyOutcome.Terminating => Reasons.Deleting,
            _ => Reasons.ApplyFailed,
        },
        Message = applied.Message,
    };
}
