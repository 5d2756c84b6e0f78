using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;

namespace Idp.Kubernetes.Leases;

/// <summary>Tries once to take or to keep the lease.</summary>
/// <remarks>
/// Another's lease has run out when it has not changed for its duration by our own monotonic clock: the times in the
/// lease are another machine's wall clock and do not count. Every write carries the version it was decided on, so of
/// two that decide alike only one succeeds.
/// </remarks>
internal sealed class LeaseLock(KubeClient client, LeaderElectionSettings settings, TimeProvider clock)
{
    private string _seenVersion = "";
    private long _seenAt;
    private TimeSpan _duration;

    /// <summary>How long the lease that was seen last goes on to be its holder's, without another sign of life.</summary>
    public TimeSpan Left => _duration - clock.GetElapsedTime(_seenAt);

    private ObjectKey Key => new(settings.Namespace, settings.Name);

    /// <summary>Tries.</summary>
    public async Task<LeaseState> TryAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (await client.FindAsync(WellKnownKinds.Lease, Key, cancellationToken) is not { } live)
            {
                await client.CreateAsync(WellKnownKinds.Lease, LeaseRecord.New(settings, clock.GetUtcNow()), cancellationToken);
                return LeaseState.Held;
            }

            var lease = new LeaseRecord(live);
            if (IsHeldByOther(lease))
            {
                return LeaseState.HeldByOther;
            }

            await client.ReplaceAsync(WellKnownKinds.Lease, lease.Hold(settings, clock.GetUtcNow()), cancellationToken);
            return LeaseState.Held;
        }
        catch (Exception exception) when (exception is ConflictException or AlreadyExistsException)
        {
            return LeaseState.Conflict;
        }
    }

    /// <summary>Gives the lease up, if it is ours.</summary>
    public async Task ReleaseAsync(CancellationToken cancellationToken)
    {
        var live = await client.FindAsync(WellKnownKinds.Lease, Key, cancellationToken);
        if (live is not null && new LeaseRecord(live) is var lease && lease.Holder == settings.Identity)
        {
            await client.ReplaceAsync(WellKnownKinds.Lease, lease.Release(clock.GetUtcNow()), cancellationToken);
        }
    }

    private bool IsHeldByOther(LeaseRecord lease)
    {
        if (lease.Version != _seenVersion)
        {
            _seenVersion = lease.Version;
            _seenAt = clock.GetTimestamp();
        }

        _duration = lease.Duration > TimeSpan.Zero ? lease.Duration : settings.LeaseDuration;
        return lease.Holder.Length > 0 && lease.Holder != settings.Identity && Left > TimeSpan.Zero;
    }
}

/// <summary>How a try for the lease ended.</summary>
internal enum LeaseState
{
    /// <summary>It is ours.</summary>
    Held,

    /// <summary>It is another's, who has shown a sign of life.</summary>
    HeldByOther,

    /// <summary>Somebody wrote at the same time; whose it is shows at the next try.</summary>
    Conflict,
}
