using Idp.Entities;
using Idp.GitHub;
using Idp.Kubernetes.Model;
using Idp.Operator.GoldenPaths;
using Idp.Operator.Reporting;
using Idp.Operator.Repositories;

namespace Idp.Operator.BackendApps;

/// <summary>Computes the status of a BackendApp from what one reconcile saw and did, and from nothing else.</summary>
public static class ReportedStatus
{
    /// <summary>The whole status.</summary>
    /// <param name="app">The manifest; of its old status only times and allocated names are taken over.</param>
    /// <param name="plan">What was to be done.</param>
    /// <param name="result">What came of it.</param>
    /// <param name="catalog">The golden paths, to tell an outdated repository.</param>
    /// <param name="now">The time of a condition that changes.</param>
    public static BackendAppStatus Of(
        BackendApp app, BackendAppPlan plan, AppResult result, GoldenPathCatalog catalog, DateTimeOffset now)
    {
        var repository = RepositoryOf(app.Status.Repository, result.Repository);
        return new BackendAppStatus
        {
            ObservedGeneration = app.Metadata.Generation,
            Conditions = ConditionsOf(app, plan, result, repository, catalog, now),
            Team = plan.Resolved.Team,
            Template = repository?.Template?.Name ?? plan.Resolved.Template,
            Repository = repository,
            DeploymentRepository = result.Deployment is { } deployment
                ? RepositoryOf(app.Status.DeploymentRepository, deployment)
                : app.Status.DeploymentRepository,

            // A manifest that an old server let through may name one twice; status is a map by name, and must say what is wrong.
            Environments = [.. result.Environments.DistinctBy(environment => environment.Name).Select(ToStatus)],
            EnvironmentsReady = $"{result.Environments.Count(e => e.IsReady)}/{result.Environments.Count}",
            LastHandledReconcileAt = app.Metadata.Annotations.GetValueOrDefault(Annotations.ReconcileRequestedAt),
        };
    }

    /// <summary>The old status with nothing new but which repositories the application owns.</summary>
    /// <param name="app">The application.</param>
    /// <param name="result">What was found or made.</param>
    public static BackendAppStatus WithRepositories(BackendApp app, AppResult result) =>
        app.Status with
        {
            Repository = RepositoryOf(app.Status.Repository, result.Repository),
            DeploymentRepository = result.Deployment is { } deployment
                ? RepositoryOf(app.Status.DeploymentRepository, deployment)
                : app.Status.DeploymentRepository,
        };

    private static IReadOnlyList<Condition> ConditionsOf(
        BackendApp app, BackendAppPlan plan, AppResult result, RepositoryStatus? repository, GoldenPathCatalog catalog, DateTimeOffset now)
    {
        var repositories = result.Repositories;
        var repositoryReady = RepositoryReady(result, plan);
        var environmentsReady = EnvironmentsReady(result, plan.Problem);
        var ready = Ready(plan.Problem, repositoryReady, environmentsReady, result);
        var stalled = Stalled(plan.Problem, result);
        var set = new ConditionSet(app.Status.Conditions, app.Metadata.Generation, now);
        Add(set, Conditions.RepositoryReady, repositoryReady);
        Add(set, Conditions.RepositoryConfigured, RepositoryConfiguredStatus.Of(app, plan, repositories));
        Add(set, Conditions.EnvironmentsReady, environmentsReady);
        Add(set, Conditions.TemplateCurrent, TemplateCurrentStatus.Of(repository, plan, result.Repository.Update, catalog));
        Add(set, Conditions.Ready, ready);
        if (stalled is { } stop)
        {
            Add(set, Conditions.Stalled, stop);
        }
        else if (ready.Status != ConditionStatus.True && !app.Spec.Suspend && IsMoving(repositoryReady, result))
        {
            var reason = repositories.Problem is null ? Reasons.Progressing : Reasons.ProgressingWithRetry;
            Add(set, Conditions.Reconciling, new ConditionValue(ConditionStatus.True, reason, ready.Message));
        }

        if (app.Spec.Suspend)
        {
            Add(set, Conditions.Paused, new ConditionValue(ConditionStatus.True, Reasons.Suspended, "Nothing is written while spec.suspend is true."));
        }

        return set.ToList();
    }

    // An environment that has failed, or waits for a person, is not on its way only because it is not ready.
    private static bool IsMoving(ConditionValue repositoryReady, AppResult result) =>
        repositoryReady.Status != ConditionStatus.True
        || result.Environments.All(e => e.IsReady)
        || result.Environments.Any(e => e.IsMoving);

    private static void Add(ConditionSet set, string type, ConditionValue value) => set.Set(type, value.Status, value.Reason, value.Message);

    private static ConditionValue RepositoryReady(AppResult result, BackendAppPlan plan) => result.Repositories switch
    {
        { Problem: { } refused } => new ConditionValue(ConditionStatus.False, refused.Reason, refused.Message),
        { IsThere: true, Repository: { } repository } => new ConditionValue(
            ConditionStatus.True,
            Reasons.Succeeded,
            $"{repository.FullName} is there with its golden path{MovedFrom(repository, $"{plan.Resolved.Owner}/{plan.Resolved.Repository}")}."
            + (result.Deployment?.Repository is { } deployment
                ? $" {deployment.FullName} has its deployment manifests{MovedFrom(deployment, $"{plan.Resolved.Owner}/{plan.Resolved.DeploymentRepository}")}."
                : "")),
        _ when plan.Problem is { } problem => new ConditionValue(ConditionStatus.Unknown, problem.Reason, "Nothing is done before the manifest is mended."),
        _ => new ConditionValue(ConditionStatus.False, Reasons.Progressing, "The repository is not there yet."),
    };

    private static string MovedFrom(Repository repository, string named) =>
        string.Equals(repository.FullName, named, StringComparison.OrdinalIgnoreCase) ? "" : $"; it was renamed from {named} and is followed by its id";

    private static ConditionValue EnvironmentsReady(AppResult result, Problem? problem)
    {
        if (result.Environments.FirstOrDefault(e => !e.IsReady && e.Ready is not null) is { Ready: { } condition } failing)
        {
            return new ConditionValue(ConditionStatus.False, condition.Reason, $"{failing.Name}: {condition.Message}");
        }

        var waiting = result.Environments.Where(e => !e.IsReady).Select(e => e.Name).ToList();
        return (waiting.Count, problem, result.Repositories.IsThere || result.WereApplied) switch
        {
            (0, _, true) => new ConditionValue(ConditionStatus.True, Reasons.Succeeded, $"All environments are ready: {Names(result)}."),
            (_, not null, _) => new ConditionValue(ConditionStatus.Unknown, problem.Reason, "Nothing is done before the manifest is mended."),
            (_, _, false) => new ConditionValue(ConditionStatus.False, Reasons.DependencyNotReady, "The environments wait for the repository."),
            _ => new ConditionValue(ConditionStatus.False, Reasons.Progressing, $"Being set up: {string.Join(", ", waiting)}."),
        };
    }

    private static ConditionValue Ready(Problem? problem, ConditionValue repository, ConditionValue environments, AppResult result)
    {
        if (problem is not null)
        {
            return new ConditionValue(ConditionStatus.False, problem.Reason, problem.Message);
        }

        var failing = repository.Status != ConditionStatus.True ? repository : environments;
        return failing.Status == ConditionStatus.True
            ? new ConditionValue(ConditionStatus.True, Reasons.Succeeded, $"Deployed and healthy: {Names(result)}")
            : failing with { Status = ConditionStatus.False };
    }

    private static ConditionValue? Stalled(Problem? problem, AppResult result)
    {
        if (problem is not null)
        {
            return new ConditionValue(ConditionStatus.True, problem.Reason, problem.Message);
        }

        if (result.Repositories.Problem is { IsTerminal: true } refused)
        {
            return new ConditionValue(ConditionStatus.True, refused.Reason, refused.Message);
        }

        return result.Environments.FirstOrDefault(e => e.Stalled is not null) is { Stalled: { } condition } stuck
            ? new ConditionValue(ConditionStatus.True, condition.Reason, $"{stuck.Name}: {condition.Message}")
            : null;
    }

    // Where GitHub could not be asked, what was written down stays: an id must never get lost.
    private static RepositoryStatus? RepositoryOf(RepositoryStatus? written, RepositoryOutcome outcome)
    {
        if (outcome.Repository is not { } repository)
        {
            return written;
        }

        return new RepositoryStatus
        {
            Id = repository.Id,
            Owner = repository.Owner,
            Name = repository.Name,
            Url = repository.HtmlUrl,
            CloneUrl = repository.CloneUrl,
            DefaultBranch = repository.DefaultBranch,
            Commit = outcome.Commit ?? written?.Commit,
            Template = TemplateOf(written?.Template, outcome),
        };
    }

    private static TemplateStatus? TemplateOf(TemplateStatus? written, RepositoryOutcome outcome)
    {
        var template = outcome switch
        {
            { Update.Template: { } brought } => brought,
            { WasMade: true, Lock: { } laid } => TemplateUpdates.StatusOf(laid),
            _ when written is not null => written,
            { Lock: { } found } => TemplateUpdates.StatusOf(found),
            { Marker: { Template.Length: > 0 } marker } => new TemplateStatus { Name = marker.Template, Version = marker.Version },
            _ => null,
        };

        // One that was merged is at an end only when what it brought was seen in the repository.
        return template?.Update is { } update && outcome.PullRequest is { } pull && pull.Number == update.PullRequest
            ? template with { Update = update with { IsOpen = pull.State != PullRequestState.Closed, Checks = ChecksOf(outcome.Checks) } }
            : template;
    }

    private static TemplateChecks ChecksOf(ChecksState checks) => checks switch
    {
        ChecksState.Pending => TemplateChecks.Pending,
        ChecksState.Passing => TemplateChecks.Passing,
        ChecksState.Failing => TemplateChecks.Failing,
        _ => TemplateChecks.None,
    };

    private static EnvironmentStatus ToStatus(EnvironmentView view) => new()
    {
        Name = view.Name,
        Namespace = view.Status?.Namespace,
        Ready = view.Ready?.Status ?? ConditionStatus.Unknown,
        Url = view.Status?.Url,
        Sync = view.Status?.Sync,
        Health = view.Status?.Health,
        Revision = view.Status?.Revision,
    };

    private static string Names(AppResult result) => string.Join(", ", result.Environments.Select(e => e.Name));
}
