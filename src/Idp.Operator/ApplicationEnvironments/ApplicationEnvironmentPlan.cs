using Idp.Entities;
using Idp.Kubernetes.Apply;
using Idp.Kubernetes.Model;
using Idp.Operator.Reporting;
using Idp.Operator.Settings;

namespace Idp.Operator.ApplicationEnvironments;

/// <summary>What should exist for an environment, or why nothing can be done. Pure: the same input gives the same plan.</summary>
internal sealed record ApplicationEnvironmentPlan
{
    /// <summary>The environment with its defaults filled in.</summary>
    public required EffectiveEnvironment Environment { get; init; }

    /// <summary>Why nothing is written; null where the plan is sound.</summary>
    public Problem? Problem { get; init; }

    /// <summary>The parts in the order in which they are applied; none where there is a problem.</summary>
    public IReadOnlyList<PlannedSection> Sections { get; init; } = [];

    /// <summary>All objects in the order in which they are applied.</summary>
    public IReadOnlyList<DesiredObject> Objects => [.. Sections.SelectMany(section => section.Objects)];

    /// <summary>Makes the plan.</summary>
    /// <param name="entity">The environment.</param>
    /// <param name="world">What is there: whose team it is, and what may no longer change.</param>
    /// <param name="settings">The platform's settings.</param>
    public static ApplicationEnvironmentPlan Make(
        ApplicationEnvironment entity, Observation world, PlatformSettings settings)
    {
        var environment = new EffectiveEnvironment
        {
            Entity = entity,
            Settings = settings,
            Team = entity.Spec.Team ?? world.Team ?? entity.Metadata.Namespace ?? "",
        };
        var problem = Invalid(entity) ?? Changed(environment, world) ?? EnvironmentAccess.Check(environment, world);
        return problem is null
            ? new ApplicationEnvironmentPlan { Environment = environment, Sections = EnvironmentSections.Make(environment) }
            : new ApplicationEnvironmentPlan { Environment = environment, Problem = problem };
    }

    private static Problem? Invalid(ApplicationEnvironment entity)
    {
        var errors = ApplicationEnvironmentValidation.Validate(entity.Spec, entity.Metadata);
        return errors.Count == 0 ? null : new Problem(Reasons.InvalidSpec, string.Join("; ", errors));
    }

    /// <summary>Refuses what the schema's rules refuse too: an old API server does not know them, and data would be lost.</summary>
    private static Problem? Changed(EffectiveEnvironment environment, Observation world)
    {
        var claimed = environment.Entity.Status.Namespace ?? environment.Namespace;
        var application = world.Find(WellKnownKinds.Namespace, new ObjectKey("", claimed))?
            .Metadata.Labels.GetValueOrDefault(Labels.Application) ?? environment.Application;
        return claimed != environment.Namespace
            ? new Problem(Reasons.InvalidSpec, $"spec.namespace cannot be changed: put back {claimed}, or make a new environment.")
            : application != environment.Application
                ? new Problem(Reasons.InvalidSpec, $"spec.application cannot be changed: put back {application}.")
                : null;
    }
}
