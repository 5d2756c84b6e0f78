using System.Text.Json;
using Idp.Entities;
using Idp.Kubernetes.Apply;
using Idp.Kubernetes.Cache;
using Idp.Kubernetes.Controllers;
using Idp.Kubernetes.Model;
using Idp.Operator.Reporting;

namespace Idp.Operator.ApplicationEnvironments;

/// <summary>Tells people what a reconcile found: by the status, and by events where a condition changed.</summary>
internal sealed class EnvironmentReporter(IObjectReader reader, StatusWriter statuses, ConditionEvents events)
{
    /// <summary>Writes the status where it differs; nothing is told where the object is gone.</summary>
    public async Task ReportAsync(
        ApplicationEnvironment entity, ApplicationEnvironmentStatus status, CancellationToken cancellationToken)
    {
        if (reader.Find(ApplicationEnvironment.ResourceKind, entity.Metadata.Key) is not { } live)
        {
            return;
        }

        var json = JsonSerializer.SerializeToNode(status, EntitiesJson.Default.ApplicationEnvironmentStatus)!.AsObject();
        await statuses.WriteAsync(live, json, cancellationToken);
        events.Publish(ApplicationEnvironment.ResourceKind, entity.Metadata, entity.Status.Conditions, status.Conditions);
    }
}

/// <summary>Tells the owner of an environment that does not fit its type.</summary>
internal sealed class MalformedEnvironmentHandler(MalformedReporter reporter) : IMalformedEntityHandler<ApplicationEnvironment>
{
    /// <inheritdoc/>
    public Task HandleAsync(KubeObject live, JsonException problem, CancellationToken cancellationToken) =>
        reporter.WriteAsync(live, problem, EnvironmentSections.Conditions, cancellationToken);
}
