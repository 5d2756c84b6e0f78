using System.Text.Json;
using Idp.Entities;
using Idp.Kubernetes.Apply;
using Idp.Kubernetes.Cache;
using Idp.Operator.Observability;
using Idp.Operator.Reporting;
using Idp.Operator.Repositories;

namespace Idp.Operator.BackendApps;

/// <summary>Tells people what a reconcile found: by status, events and meters.</summary>
public sealed class BackendAppReporter(
    IObjectReader objects, StatusWriter statuses, ConditionEvents events, OperatorMetrics metrics, TimeProvider clock)
{
    /// <summary>Writes the status where it differs, and tells of the conditions that changed.</summary>
    public async Task ReportAsync(
        BackendApp app, ObservedApp observed, BackendAppPlan plan, AppResult result, CancellationToken cancellationToken)
    {
        var known = result.Recorded is { } recorded
            ? new BackendApp { ApiVersion = app.ApiVersion, Kind = app.Kind, Metadata = app.Metadata, Spec = app.Spec, Status = recorded }
            : app;
        var status = ReportedStatus.Of(known, plan, result, observed.GoldenPaths, clock.GetUtcNow());
        await WriteAsync(known, status, cancellationToken);
        Count(app, plan, result.Repositories);
        if (status is { Repository.Template.Name: { } goldenPath } && status.Conditions.FirstOrDefault(condition => condition.Type == Conditions.TemplateCurrent) is { } current)
        {
            metrics.RepositoryFollows(app.Metadata.Uid, goldenPath, current.Reason);
        }
    }

    /// <summary>
    /// Writes down which repositories the application owns, where the status does not say so: its environments may be deployed from no others.
    /// </summary>
    /// <returns>What was written; null where the status said so already.</returns>
    public async Task<BackendAppStatus?> RecordAsync(
        BackendApp app, ObservedApp observed, BackendAppPlan plan, AppResult result, CancellationToken cancellationToken)
    {
        var status = ReportedStatus.WithRepositories(app, result);
        if (IsSame(status.Repository, app.Status.Repository) && IsSame(status.DeploymentRepository, app.Status.DeploymentRepository))
        {
            return null;
        }

        if (observed.Environments.Count == 0)
        {
            // They will have nothing to say as soon as they are made either: so all that is to be told then goes with the same write.
            status = ReportedStatus.Of(app, plan, result, observed.GoldenPaths, clock.GetUtcNow());
        }

        await WriteAsync(app, status, cancellationToken);
        return status;
    }

    /// <summary>Counts an application no more.</summary>
    public void Forget(BackendApp app) => metrics.RepositoryGone(app.Metadata.Uid);

    /// <summary>Writes a status, and tells of the conditions that changed.</summary>
    public async Task WriteAsync(BackendApp app, BackendAppStatus status, CancellationToken cancellationToken)
    {
        if (objects.Find(BackendApp.ResourceKind, app.Metadata.Key) is not { } live)
        {
            return;
        }

        var json = JsonSerializer.SerializeToNode(status, EntitiesJson.Default.BackendAppStatus)!.AsObject();
        await statuses.WriteAsync(live, json, cancellationToken);
        events.Publish(BackendApp.ResourceKind, app.Metadata, app.Status.Conditions, status.Conditions);
    }

    private static bool IsSame(RepositoryStatus? left, RepositoryStatus? right) => left?.Id == right?.Id && left?.CloneUrl == right?.CloneUrl;

    private void Count(BackendApp app, BackendAppPlan plan, RepositoryOutcome outcome)
    {
        if (outcome.WasMade)
        {
            metrics.ProjectCreated(clock.GetUtcNow() - (app.Metadata.CreationTimestamp ?? clock.GetUtcNow()));
        }
        else if (outcome.Problem is { Reason: not Reasons.Progressing } && plan.IsLayingGoldenPath)
        {
            metrics.ProjectFailed();
        }
    }
}
