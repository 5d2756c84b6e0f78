using Idp.Kubernetes.Client;
using Microsoft.Extensions.Logging;

namespace Idp.Kubernetes.Leases;

/// <summary>Sees to it that of several processes one leads.</summary>
/// <remarks>
/// <para>
/// Guarantees: who leads stops to lead (its token is cancelled) <see cref="LeaderElectionSettings.RenewDeadline"/> after
/// its last renewal began, before anybody else takes over. A renewal under way is cancelled then too: nothing goes on
/// renewing for one that no longer leads. Time is monotonic; wall clocks may jump.
/// </para>
/// <para>Assumptions: clocks run at about the same rate; who is told to stop does so within the rest of the lease.</para>
/// <para>https://kubernetes.io/docs/concepts/architecture/leases/</para>
/// </remarks>
/// <exception cref="ArgumentException">The times do not fit: retry &lt; deadline &lt; lease.</exception>
public sealed partial class LeaderElector(
    KubeClient client, LeaderElectionSettings settings, TimeProvider clock, ILogger<LeaderElector> logger)
{
    private readonly LeaseLock _lease = new(client, Checked(settings), clock);
    private long _leadsUntil;

    /// <summary>Whether we lead at this very moment, by the clock and not by what timers have done so far.</summary>
    /// <remarks>Who was frozen for longer than a lease lasts learns it here first. Safe to ask from any thread.</remarks>
    public bool Leads => clock.GetTimestamp() < Volatile.Read(ref _leadsUntil);

    /// <summary>Waits until we lead.</summary>
    /// <returns>The leadership: dispose it to give it up.</returns>
    public async Task<Leadership> AcquireAsync(CancellationToken cancellationToken)
    {
        LogWaiting(settings.Identity, settings.Namespace, settings.Name);
        while (true)
        {
            // Taken before the request: the lease may have been written at any moment since.
            var asked = clock.GetTimestamp();
            var state = await TryWithinAsync(settings.RenewDeadline, cancellationToken);
            if (state == LeaseState.Held)
            {
                LeadFrom(asked);
                LogLeading(settings.Identity);
                return new Leadership(this, asked);
            }

            await Task.Delay(PauseAfter(state), clock, cancellationToken);
        }
    }

    /// <summary>Renews until the leadership is lost or given up.</summary>
    internal async Task RenewAsync(long renewedAt, CancellationToken cancellationToken)
    {
        while (await LeftAfterPauseAsync(renewedAt, cancellationToken) is var left && left > TimeSpan.Zero)
        {
            var asked = clock.GetTimestamp();
            var state = await TryWithinAsync(left, cancellationToken);
            if (state == LeaseState.HeldByOther)
            {
                break;
            }

            if (state == LeaseState.Held)
            {
                renewedAt = asked;
                LeadFrom(asked);
            }
        }

        LeadNoMore();
        LogLost(settings.Identity);
    }

    /// <summary>Says at once that we do not lead.</summary>
    internal void LeadNoMore() => Volatile.Write(ref _leadsUntil, 0);

    /// <summary>Gives the lease up; where the server does not answer, it runs out by itself.</summary>
    internal async Task ReleaseAsync()
    {
        try
        {
            using var deadline = new CancellationTokenSource(settings.RetryPeriod, clock);
            await _lease.ReleaseAsync(deadline.Token);
            LogReleased(settings.Identity);
        }
        catch (Exception exception) when (exception is KubeException or OperationCanceledException)
        {
            LogFailed(exception, settings.Identity);
        }
    }

    private async Task<TimeSpan> LeftAfterPauseAsync(long renewedAt, CancellationToken cancellationToken)
    {
        var left = settings.RenewDeadline - clock.GetElapsedTime(renewedAt);
        var pause = left < settings.RetryPeriod ? left : settings.RetryPeriod;
        if (pause > TimeSpan.Zero)
        {
            await Task.Delay(pause, clock, cancellationToken);
        }

        return settings.RenewDeadline - clock.GetElapsedTime(renewedAt);
    }

    // The request ends with the deadline: nothing may go on writing for one that no longer leads.
    private async Task<LeaseState?> TryWithinAsync(TimeSpan deadline, CancellationToken cancellationToken)
    {
        using var within = new Deadline(deadline, clock, cancellationToken);
        try
        {
            return await _lease.TryAsync(within.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
        catch (KubeException exception)
        {
            LogFailed(exception, settings.Identity);
            return null;
        }
    }

    private void LeadFrom(long asked) => Volatile.Write(
        ref _leadsUntil, asked + (long)(settings.RenewDeadline.TotalSeconds * clock.TimestampFrequency));

    // Not a moment longer than the lease lasts; timers know no less than a millisecond.
    private TimeSpan PauseAfter(LeaseState? state)
    {
        var pause = Jittered(settings.PollPeriod);
        var left = TimeSpan.FromMilliseconds(Math.Ceiling(Math.Max(0, _lease.Left.TotalMilliseconds)));
        return state == LeaseState.HeldByOther && left < pause ? left : pause;
    }

    // Waiting processes must not all ask in the same moment.
    private static TimeSpan Jittered(TimeSpan period) => period * (1 + (0.2 * Random.Shared.NextDouble()));

    private static LeaderElectionSettings Checked(LeaderElectionSettings settings) =>
        settings.RetryPeriod < settings.RenewDeadline && settings.RenewDeadline < settings.LeaseDuration
            ? settings
            : throw new ArgumentException("The retry period must be shorter than the renew deadline, and that than the lease.", nameof(settings));

    [LoggerMessage(Level = LogLevel.Information, Message = "{Identity} waits to lead by the lease {Namespace}/{Name}.")]
    private partial void LogWaiting(string identity, string @namespace, string name);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Identity} leads.")]
    private partial void LogLeading(string identity);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Identity} no longer leads.")]
    private partial void LogLost(string identity);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Identity} gave the lease up.")]
    private partial void LogReleased(string identity);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Identity} could not reach its lease.")]
    private partial void LogFailed(Exception exception, string identity);
}
