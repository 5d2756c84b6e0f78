using System.Diagnostics.CodeAnalysis;
using Idp.Entities;
using Idp.Operator.GoldenPaths;
using Idp.Operator.GoldenPaths.Updates;
using Idp.Operator.Reporting;
using Idp.Operator.Repositories;
using Idp.Operator.Repositories.Features;

namespace Idp.Operator.BackendApps;

/// <summary>What a reconcile of a BackendApp has to do.</summary>
public sealed record BackendAppPlan
{
    /// <summary>The manifest with its defaults.</summary>
    public required ResolvedApp Resolved { get; init; }

    /// <summary>Set where the manifest cannot be carried out: then nothing is written.</summary>
    public Problem? Problem { get; init; }

    /// <summary>What is to be done to the repository; null where GitHub is left alone.</summary>
    public RepositoryWork? Repository { get; init; }

    /// <summary>What is to be done to the deployment repository; null where there is none of its own, or GitHub is left alone.</summary>
    public RepositoryWork? Deployment { get; init; }

    /// <summary>What the repositories are to follow; null where no golden path can be rendered.</summary>
    public RenderedFor? Target { get; init; }

    /// <summary>Why what the golden path has now is not offered yet; null where nothing waits.</summary>
    public Problem? TemplateWaits { get; init; }

    /// <summary>Whether the golden path, or a part of it, is to be laid.</summary>
    public bool IsLayingGoldenPath => IsLaying(Repository) || IsLaying(Deployment);

    /// <summary>Compares the manifest with the world.</summary>
    public static BackendAppPlan For(BackendApp app, ObservedApp observed)
    {
        var resolved = ResolvedApp.Of(app, observed.Settings, observed.NamespaceTeam);
        var plan = new BackendAppPlan { Resolved = resolved };
        if (ProblemOf(app, resolved, observed) is { } problem)
        {
            return plan with { Problem = problem };
        }

        return app.Spec.Suspend || (observed.Repository.Unknown ?? observed.Deployment.Unknown) is not null
            ? plan
            : WithRepositories(plan, app, observed);
    }

    /// <summary>The repository that a manifest wants.</summary>
    public static DesiredRepository RepositoryOf(BackendApp app, ResolvedApp resolved)
    {
        var spec = app.Spec.Repository ?? new RepositorySpec();
        return new DesiredRepository
        {
            Owner = resolved.Owner,
            Name = resolved.Repository,
            Description = resolved.Description,
            Visibility = spec.Visibility switch
            {
                RepositoryVisibility.Public => GitHub.RepositoryVisibility.Public,
                RepositoryVisibility.Internal => GitHub.RepositoryVisibility.Internal,
                _ => GitHub.RepositoryVisibility.Private,
            },
            Topics = spec.Topics.Count > 0 ? spec.Topics : null,
            Features = app.Spec.Suspend ? DesiredFeatures.None : resolved.Features,
            AdoptIfUnowned = spec.Adoption == AdoptionPolicy.IfUnowned,
            BelongsTo = new RepositoryOwner(app.Metadata.Uid, app.Metadata.Key.ToString()),
            KnownId = app.Status.Repository is { Id: > 0 } known ? known.Id : null,
            KnownCommit = app.Status.Repository?.Commit,
            KnownTemplate = app.Status.Repository?.Template,
            Recorded = RecordedRepository.Of(app, app.Status.Repository),
            Team = resolved.Team,
        };
    }

    /// <summary>How the repository stands where nothing is done to it.</summary>
    public static RepositoryOutcome Untouched(BackendApp app, BackendAppPlan plan, ObservedApp observed) =>
        Untouched(plan, RepositoryOf(app, plan.Resolved), observed.Repository);

    /// <summary>How the deployment repository stands where nothing is done to it; null where there is to be none of its own.</summary>
    public static RepositoryOutcome? UntouchedDeployment(BackendApp app, BackendAppPlan plan, ObservedApp observed) =>
        DeploymentRepositoryPlan.RepositoryOf(app, plan.Resolved, RepositoryOf(app, plan.Resolved)) is { } desired
            ? Untouched(plan, desired, observed.Deployment)
            : null;

    private static RepositoryOutcome Untouched(BackendAppPlan plan, DesiredRepository desired, ObservedRepository seen) => new()
    {
        Repository = seen.IsOurs ? seen.Repository : null,
        Commit = seen is { IsOurs: true, IsLaid: true } ? desired.KnownCommit ?? seen.Head : null,
        Marker = seen.IsOurs ? seen.Marker : null,
        Lock = seen.IsOurs ? seen.Lock : null,
        Update = seen.Update,
        PullRequest = seen.PullRequest,
        Checks = seen.Checks,
        Problem = plan.Problem is null ? seen.Unknown : null,
        Refusals = seen.Features.Refusals,
    };

    /// <summary>Why the manifest cannot be carried out; null where it can. Needs nothing of GitHub.</summary>
    internal static Problem? ProblemOf(BackendApp app, ResolvedApp resolved, ObservedApp observed)
    {
        var errors = BackendAppValidation.Validate(app.Spec, app.Metadata);
        if (errors.Count > 0)
        {
            return new Problem(Reasons.InvalidSpec, string.Join(" ", errors.Select(error => $"{error.Path}: {error.Message}")));
        }

        if (resolved.Owner.Length == 0)
        {
            return new Problem(
                Reasons.InvalidSpec,
                "spec.repository.owner is not set, and platform.yaml has no github.owner to take in its place.");
        }

        if (DeploymentRepositoryPlan.Moved(app, observed.Environments) is { } moved)
        {
            return moved;
        }

        return AppGrants.For(app, resolved, observed.Settings, observed.NamespaceTeam)
            .Prepend(observed.Home)
            .Where(grant => !grant.Allowed)
            .Select(grant => new Problem(Reasons.NotGranted, grant.Message))
            .FirstOrDefault();
    }

    private static BackendAppPlan WithRepositories(BackendAppPlan plan, BackendApp app, ObservedApp observed)
    {
        var version = plan.Resolved.RepositoryVersion(app, observed.Settings);
        var desired = RepositoryOf(app, plan.Resolved) with { Template = GoldenPathOf(plan, observed)?.Repository };
        plan = plan with
        {
            Target = TemplateUpdates.TargetOf(app, plan.Resolved, observed.GoldenPaths),
            TemplateWaits = observed.Turn,
            Repository = WorkOn(desired, observed.Repository),
            Deployment = DeploymentRepositoryPlan.RepositoryOf(app, plan.Resolved, desired) is { } deployment
                ? WorkOn(deployment, observed.Deployment)
                : null,
        };
        if (!plan.IsLayingGoldenPath)
        {
            return plan;
        }

        if (GoldenPathOf(plan, observed) is not { } goldenPath)
        {
            return Refused(plan, NoTemplate(plan.Resolved, observed.GoldenPaths));
        }

        var errors = ParameterValues.Check(goldenPath, app.Spec.Template?.Parameters ?? new Dictionary<string, string>());
        if (errors.Count > 0)
        {
            return Refused(plan, new Problem(Reasons.InvalidSpec, string.Join(" ", errors)));
        }

        return plan.Deployment is not null && !goldenPath.KnowsDeploymentRepository
            ? Refused(plan, NoSeparateDeployment(goldenPath.Name))
            : plan with { Repository = Filled(plan.Repository), Deployment = Filled(plan.Deployment) };

        RepositoryWork? Filled(RepositoryWork? work) =>
            IsLaying(work) && ScaffoldPlan.For(app, plan.Resolved, work.Desired.BelongsTo, goldenPath, observed.Settings) is var scaffold
                ? work with { Marker = scaffold.Marker, Files = scaffold.Files, Lock = scaffold.Lock }
                : work;

        RepositoryWork WorkOn(DesiredRepository wanted, ObservedRepository seen) =>
            BackendAppPlan.WorkOn(app, wanted with { Update = TemplateUpdates.For(app, plan.Resolved, wanted, seen, observed) }, seen, version);
    }

    private static RepositoryWork WorkOn(BackendApp app, DesiredRepository desired, ObservedRepository observed, string version) => new()
    {
        Desired = desired,
        Observed = observed,
        Plan = RepositoryPlan.For(desired, observed),
        Marker = observed.Marker ?? RepositoryMarker.Of(desired.BelongsTo),
        Version = version,
        Since = app.Metadata.CreationTimestamp ?? default,
    };

    private static bool IsLaying([NotNullWhen(true)] RepositoryWork? work) => work?.Plan.LaysGoldenPath == true;

    private static BackendAppPlan Refused(BackendAppPlan plan, Problem problem) => plan with { Problem = problem, Repository = null, Deployment = null };

    private static Problem NoSeparateDeployment(string goldenPath) => new(
        Reasons.InvalidSpec,
        $"spec.repository.deployment: the golden path '{goldenPath}' knows no separate deployment repository: none of its files speaks of {{{{ deploymentRepository }}}}.");

    private static GoldenPath? GoldenPathOf(BackendAppPlan plan, ObservedApp observed) =>
        observed.GoldenPaths.Find(plan.Resolved.Template, plan.Resolved.TemplateVersions);

    private static Problem NoTemplate(ResolvedApp resolved, GoldenPathCatalog catalog)
    {
        var name = resolved.Template;
        if (catalog.VersionsOf(name).Count > 0)
        {
            return NoVersion(name, resolved.TemplateVersions, catalog, Missing(catalog));
        }

        var others = catalog.Names.Count > 0 ? $"there are: {string.Join(", ", catalog.Names)}" : "none can be used at present";
        return catalog.ErrorsOf(name) is [var first, ..] errors
            ? new Problem(
                Reasons.TemplateInvalid,
                $"spec.template.name: the golden path '{name}' cannot be used until the platform team has mended it: {first}"
                + $"{(errors.Count > 1 ? $" (and {errors.Count - 1} more, in the operator's log)" : "")}. It is read again by itself; {others}.")
            : new Problem(Reasons.TemplateMissing, $"spec.template.name: there is no golden path '{name}'; {others}.{Missing(catalog)}");
    }

    // It may be there as soon as its source is.
    private static string Missing(GoldenPathCatalog catalog) =>
        catalog.Missing.Count == 0 ? "" : $" It may come with a source that is not there yet: {string.Join("; ", catalog.Missing)}.";

    private static Problem NoVersion(string name, VersionRange range, GoldenPathCatalog catalog, string missing)
    {
        var there = $"there are: {string.Join(", ", catalog.VersionsOf(name))}";
        var wanted = range == VersionRange.Any
            ? $"the golden path '{name}' has prereleases only, and those are taken by name; {there}"
            : $"no version of the golden path '{name}' fits '{range}'; {there}";
        return catalog.ErrorsOf(name) is [var first, ..]
            ? new Problem(
                Reasons.TemplateInvalid,
                $"spec.template.version: {wanted}. Other versions cannot be used until the platform team has mended them: {first}")
            : new Problem(Reasons.TemplateMissing, $"spec.template.version: {wanted}.{missing}");
    }
}
