using Idp.Kubernetes.Controllers;

namespace Idp.Operator.ApplicationEnvironments;

/// <summary>Writes what a plan wants: first what all environments share, then the environment's own.</summary>
/// <remarks>
/// What is shared has no object of its own to be reconciled, so whoever reconciles an environment looks after it: a comparison in
/// memory. A change of the settings, or of the shared object, brings every environment here.
/// </remarks>
internal sealed class EnvironmentWriter(Applier applier) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>Writes; null where nothing may be changed.</summary>
    /// <param name="plan">What is wanted.</param>
    /// <param name="before">What is there.</param>
    /// <param name="cancellationToken">Stops between two requests.</param>
    /// <returns>What became of the environment's own objects, and of the shared ones those that are not as wanted.</returns>
    public async Task<ApplyReport?> WriteAsync(ApplicationEnvironmentPlan plan, Observation before, CancellationToken cancellationToken)
    {
        var entity = plan.Target.Entity;
        if (plan.Problem is not null || entity.Spec.Suspend)
        {
            return null;
        }

        var troubles = await ShareAsync(plan.Target, before, cancellationToken);
        var report = await applier.ApplyAsync(
            Target.OwnershipOf(entity), plan.Objects, EnvironmentInventory.Of(entity, before), cancellationToken);
        return troubles.Count == 0 ? report : report with { Objects = [.. report.Objects, .. troubles] };
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private async Task<IReadOnlyList<AppliedObject>> ShareAsync(Target target, Observation before, CancellationToken cancellationToken)
    {
        var wanted = RepositoryCredentials.Make(target.Settings);
        if (wanted.Count == 0 && before.Credentials.Count == 0)
        {
            return [];
        }

        await _turn.WaitAsync(cancellationToken);
        try
        {
            var report = await applier.ApplyAsync(
                RepositoryCredentials.Ownership, wanted, EnvironmentInventory.Of(before.Credentials), cancellationToken);
            return [.. report.Objects.Where(applied => !applied.Succeeded)];
        }
        finally
        {
            _turn.Release();
        }
    }
}
