using Idp.Entities;
using Idp.Kubernetes.Apply;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;

namespace Idp.Operator.ApplicationEnvironments;

/// <summary>The state of one part of an environment: how the writing went, then what the children say of themselves.</summary>
internal static class SectionState
{
    /// <summary>The state of a part.</summary>
    /// <param name="section">What was wanted.</param>
    /// <param name="world">What is there.</param>
    /// <param name="report">How the writing went; null where nothing was to be written.</param>
    /// <param name="read">Reads the live objects, all of which are there, in the order of the section.</param>
    public static ChildState Of(
        PlanSection section,
        Observation world,
        ApplyReport? report,
        Func<IReadOnlyList<KubeObject>, ChildState> read)
    {
        if (section.Objects.Count == 0)
        {
            return ChildState.Ready(Reasons.NotRequested, "The manifest does not ask for it.");
        }

        var troubles = (report?.Objects ?? [])
            .Where(applied => !applied.Succeeded && section.IsAbout(applied.Desired))
            .Select(TroubleOf)
            .ToList();
        if (troubles.Count > 0)
        {
            return ChildState.Worst(troubles);
        }

        var live = section.Objects.Select(wanted => world.Find(wanted.Kind, wanted.Key)).ToList();
        var missing = live.IndexOf(null);
        return missing < 0
            ? read([.. live.OfType<KubeObject>()])
            : ChildState.Progressing(Reasons.DependencyMissing, $"{section.Objects[missing]} is not there.");
    }

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
        applied.Error is null or KindNotFoundException && ChildKinds.ProviderOf(applied.Desired.Kind) is { } provider
            ? $" in {applied.Desired.Kind.ApiVersion}: install {provider}"
            : "";
}
