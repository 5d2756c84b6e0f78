using Idp.Entities;
using Idp.Kubernetes.Apply;
using Idp.Kubernetes.Model;
using Idp.Operator.Settings;

namespace Idp.Operator.ApplicationEnvironments;

/// <summary>Takes away what an environment consists of, and at the end its part of the team's project.</summary>
internal sealed class EnvironmentRemover(Projects projects, Applier applier, PlatformSettingsSource settings)
{
    /// <summary>Goes one step towards nothing being left.</summary>
    /// <param name="entity">The environment.</param>
    /// <param name="items">What is to go.</param>
    /// <param name="cancellationToken">Stops between two requests.</param>
    public async Task<DeleteReport> RemoveAsync(
        ApplicationEnvironment entity, IReadOnlyList<InventoryItem> items, CancellationToken cancellationToken)
    {
        var report = await applier.DeleteAsync(Target.OwnershipOf(entity), items, cancellationToken);
        return report.Done && await projects.LeaveAsync(entity.Metadata.Key, settings.Current, cancellationToken) is { } left
            ? report with { Remaining = [left] }
            : report;
    }
}
