using System.Collections.Concurrent;
using Idp.Entities;
using Idp.Kubernetes.Apply;
using Idp.Kubernetes.Cache;
using Idp.Kubernetes.Model;
using Idp.Operator.Settings;

namespace Idp.Operator.ApplicationEnvironments;

/// <summary>Keeps the Argo CD project of each team: many environments share it, and it is gone with the last of them.</summary>
/// <remarks>
/// Every environment says what it needs when it is reconciled; the project is the sum. After a start it is only added to until every
/// environment of the team has spoken. One write at a time for a team, each from what is known by then, so none undoes another.
/// </remarks>
internal sealed class Projects(IObjectReader reader, Applier applier)
{
    private readonly ConcurrentDictionary<ObjectKey, ProjectReach> _needs = new();

    // Two that go at once each see the other's object for a while: who has left does not count, though it is still there.
    private readonly ConcurrentDictionary<ObjectKey, bool> _leaving = new();
    private readonly SemaphoreSlim[] _writing = [.. Enumerable.Range(0, 16).Select(_ => new SemaphoreSlim(1, 1))];

    /// <summary>Notes what an environment needs, and makes the project so.</summary>
    /// <returns>What became of the project; null where the platform team keeps it, or nothing needs it.</returns>
    public async Task<AppliedObject?> ApplyAsync(ApplicationEnvironmentPlan plan, CancellationToken cancellationToken)
    {
        var (key, settings) = (plan.Environment.Entity.Metadata.Key, plan.Environment.Settings);
        _leaving.TryRemove(key, out _);
        _needs[key] = ProjectReach.Of(plan, OwnsNamespace(plan.Environment));
        return new Grants(settings).KeepsOwnProject(key.Namespace)
            ? await InTurnAsync(key.Namespace, () => WriteAsync(key.Namespace, settings, cancellationToken), cancellationToken)
            : null;
    }

    /// <summary>Forgets an environment whose object is gone: it is not seen any more.</summary>
    public void Forget(ObjectKey environment)
    {
        _needs.TryRemove(environment, out _);
        _leaving.TryRemove(environment, out _);
    }

    /// <summary>Takes an environment that is gone out of its team's project, and the project away with the last one.</summary>
    /// <returns>What the project still waits for; null where it is as it should be.</returns>
    public async Task<RemainingObject?> LeaveAsync(ObjectKey environment, PlatformSettings settings, CancellationToken cancellationToken)
    {
        _leaving[environment] = true;
        _needs.TryRemove(environment, out _);
        return await InTurnAsync(environment.Namespace, LeaveAsync, cancellationToken);

        async Task<RemainingObject?> LeaveAsync()
        {
            if (Live(environment.Namespace, settings) is not { } live)
            {
                return null;
            }

            var item = EnvironmentInventory.ItemOf(live);
            if (Staying(environment.Namespace).Any())
            {
                var applied = await WriteAsync(environment.Namespace, settings, cancellationToken);
                return applied is null or { Succeeded: true } ? null : new RemainingObject(item, applied.Message);
            }

            var report = await applier.DeleteAsync(ProjectPlan.OwnershipOf(environment.Namespace), [item], cancellationToken);
            return report.Done ? null : report.Remaining[0];
        }
    }

    private async Task<AppliedObject?> WriteAsync(string home, PlatformSettings settings, CancellationToken cancellationToken)
    {
        var live = Live(home, settings);
        var known = Staying(home).Select(key => _needs.GetValueOrDefault(key)).ToList();
        var reach = ProjectReach.Sum([.. known.OfType<ProjectReach>()]);
        if (known.Contains(null))
        {
            reach = ProjectReach.Sum([reach, ProjectPlan.ReachOf(live)]);
        }

        if (reach.Sources.Count == 0 && live is null)
        {
            return null;
        }

        var report = await applier.ApplyAsync(
            ProjectPlan.OwnershipOf(home), [ProjectPlan.Make(home, reach, settings)], [], cancellationToken);
        return report.Objects[0];
    }

    private IEnumerable<ObjectKey> Staying(string home) => reader
        .List(ApplicationEnvironment.ResourceKind, ObjectIndexer.Namespace, home)
        .Select(environment => environment.Key)
        .Where(key => !_leaving.ContainsKey(key));

    private KubeObject? Live(string home, PlatformSettings settings) =>
        reader.Find(DeliverySection.AppProject, ProjectPlan.KeyOf(home, settings)) is { } live && ProjectPlan.OwnershipOf(home).Owns(live.Metadata)
            ? live
            : null;

    private bool OwnsNamespace(EffectiveEnvironment environment) =>
        reader.Find(WellKnownKinds.Namespace, new ObjectKey("", environment.Namespace)) is not { } live
        || EffectiveEnvironment.OwnershipOf(environment.Entity).Owns(live.Metadata);

    private async Task<T> InTurnAsync<T>(string home, Func<Task<T>> act, CancellationToken cancellationToken)
    {
        var turn = _writing[(uint)home.GetHashCode(StringComparison.Ordinal) % _writing.Length];
        await turn.WaitAsync(cancellationToken);
        try
        {
            return await act();
        }
        finally
        {
            turn.Release();
        }
    }
}
