using Idp.Entities;
using Idp.Kubernetes.Apply;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;

namespace Idp.Operator.ApplicationEnvironments;

/// <summary>The state of every section of an environment: how the writing went, then what the objects say of themselves.</summary>
internal static class SectionStates
{
    /// <summary>The states by condition, in the order of the sections.</summary>
    /// <param name="plan">What was wanted.</param>
    /// <param name="world">What is there.</param>
    /// <param name="report">How the writing went; null where nothing was to be written.</param>
    /// <param name="now">The present moment.</param>
    public static IReadOnlyDictionary<string, ChildState> Of(
        ApplicationEnvironmentPlan plan, Observation world, ApplyReport? report, DateTimeOffset now)
    {
        if (plan.Problem is { } problem)
        {
            var unknown = new ChildState(ConditionStatus.Unknown, problem.Reason, $"Not looked at: {problem.Message}", Health.Failed);
            return EnvironmentSections.Conditions.ToDictionary(type => type, _ => unknown);
        }

        var seen = new SectionInput(plan.Environment, world, report, now);
        var states = new Dictionary<string, ChildState>();
        foreach (var planned in plan.Sections)
        {
            states[planned.Section.Condition] = planned.Section.Given(Of(planned, seen), states);
        }

        return states;
    }

    private static ChildState Of(PlannedSection planned, SectionInput seen)
    {
        if (planned.Objects.Count == 0)
        {
            return ChildState.Ready(Reasons.NotRequested, "The manifest does not ask for it.");
        }

        var troubles = (seen.Report?.Objects ?? [])
            .Where(applied => !applied.Succeeded && IsAbout(planned, applied.Desired))
            .Select(TroubleOf)
            .ToList();
        if (troubles.Count > 0)
        {
            return ChildState.Worst(troubles);
        }

        var live = planned.Objects.Select(wanted => seen.World.Find(wanted.Kind, wanted.Key)).ToList();
        var missing = live.IndexOf(null);
        return missing < 0
            ? planned.Section.Read([.. live.OfType<KubeObject>()], seen)
            : ChildState.Progressing(Reasons.DependencyMissing, $"{planned.Objects[missing]} is not there.");
    }

    /// <summary>Whether what became of an object tells of a section: it is the section's own, or shared through it.</summary>
    private static bool IsAbout(PlannedSection planned, DesiredObject desired) => planned.Objects.Contains(desired)
        || planned.Section.Kinds.Any(child => child.Role == ChildRole.Shared && child.Resource == desired.Kind);

    private static ChildState TroubleOf(AppliedObject applied) => applied.Outcome switch
    {
        ApplyOutcome.Conflict => ChildState.Failed(Reasons.ResourceConflict, applied.Message),
        ApplyOutcome.Contested => ChildState.Failed(Reasons.FieldContested, applied.Message),
        ApplyOutcome.DependencyMissing => ChildState.Failed(Reasons.DependencyMissing, $"{applied.Message}{Remedy(applied)}"),
        ApplyOutcome.Terminating => ChildState.Progressing(Reasons.DependencyNotReady, applied.Message),
        ApplyOutcome.Skipped => ChildState.Progressing(Reasons.DependencyNotReady, applied.Message),
        _ => ChildState.Failed(Reasons.ApplyFailed, applied.Message),
    };

    /// <summary>Which project serves the kind, and in which version: an older one that serves another version looks as if it were not there.</summary>
    private static string Remedy(AppliedObject applied) =>
        applied.Error is null or KindNotFoundException && EnvironmentSections.Find(applied.Desired.Kind)?.Provider is { } provider
            ? $" in {applied.Desired.Kind.ApiVersion}: install {provider}"
            : "";
}
