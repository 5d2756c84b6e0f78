using Idp.Kubernetes.Client;
using Idp.Kubernetes.Events;
using Idp.Kubernetes.Leases;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Idp.Kubernetes.Hosting;

/// <summary>The life of an operator: fill the caches, lead, reconcile, drain, let go.</summary>
/// <remarks>
/// <para>Guarantees: nothing is reconciled before every cache is filled, nor by two replicas at once: work ends before
/// the lease is given up, and work that does not end costs the process its life, its lease runs out by itself.</para>
/// <para>A kind that is not served holds up nothing. A replica that stands by has its caches filled.</para>
/// </remarks>
internal sealed partial class OperatorService(
    ControllerSet controllers,
    OperatorHealth health,
    OperatorSettings settings,
    IServiceProvider services,
    ILogger<OperatorService> logger) : BackgroundService
{
    private readonly TimeProvider _clock = services.GetRequiredService<TimeProvider>();

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        // The meter shows nothing unless somebody has made it.
        services.GetRequiredService<OperatorMeter>();
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var watching = new CancellationTokenSource();
        var background = controllers.Informers.RunAsync(watching.Token);
        try
        {
            await controllers.Informers.WaitForSyncAsync(stoppingToken);
            LogSynced(controllers.Informers.All.Count);
            await ServeAsync(stoppingToken);
        }
        finally
        {
            controllers.ShutDown();
            await watching.CancelAsync();
            await background;
        }
    }

    private async Task ServeAsync(CancellationToken stoppingToken)
    {
        if (settings.LeaderElectionType == LeaderElectionType.None)
        {
            await ReconcileAsync(CancellationToken.None, stoppingToken);
            return;
        }

        var elector = services.GetRequiredService<LeaderElector>();
        var ended = true;
        while (ended && !stoppingToken.IsCancellationRequested)
        {
            var leadership = await elector.AcquireAsync(stoppingToken);
            ended = await ReconcileAsync(leadership.LeaderToken, stoppingToken);
            if (ended)
            {
                await leadership.DisposeAsync();
            }
        }
    }

    /// <summary>Reconciles until the leadership is lost or the process stops.</summary>
    /// <returns>Whether all work has ended; if not, the process is going down and the lease must not be given up.</returns>
    private async Task<bool> ReconcileAsync(CancellationToken leaderToken, CancellationToken stoppingToken)
    {
        using var telling = new CancellationTokenSource();
        var events = services.GetRequiredService<EventRecorder>().RunAsync(telling.Token);
        try
        {
            return await WorkAsync(leaderToken, stoppingToken);
        }
        finally
        {
            // The last words come before the lease is given up, not into the work of the next one.
            await telling.CancelAsync();
            await events;
        }
    }

    private async Task<bool> WorkAsync(CancellationToken leaderToken, CancellationToken stoppingToken)
    {
        using var abort = CancellationTokenSource.CreateLinkedTokenSource(leaderToken);
        health.Leads = true;
        LogReconciling(controllers.Units.Count);
        var work = controllers.RunAsync(abort.Token);
        var over = EitherAsync(leaderToken, stoppingToken);
        if (await Task.WhenAny(work, over) == work)
        {
            await work; // nothing to do is no fault, anything that was thrown is
            await over;
        }

        if (!leaderToken.IsCancellationRequested)
        {
            controllers.ShutDown();
            await EndsWithinAsync(work, settings.DrainTimeout);
        }

        await abort.CancelAsync();
        if (leaderToken.IsCancellationRequested)
        {
            services.GetRequiredService<WriteFence>().HangUp();
        }

        var ended = await EndsWithinAsync(work, settings.LeadershipGrace);
        health.Leads = false;
        if (!ended)
        {
            LogStillRunning(settings.LeadershipGrace);
            services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        }

        return ended;
    }

    private static async Task EitherAsync(CancellationToken first, CancellationToken second)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(first, second);
        var over = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = either.Token.Register(over.SetResult);
        await over.Task;
    }

    private async Task<bool> EndsWithinAsync(Task work, TimeSpan deadline)
    {
        await work.WaitAsync(deadline, _clock).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return work.IsCompleted;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "All {Count} caches are filled.")]
    private partial void LogSynced(int count);

    [LoggerMessage(Level = LogLevel.Information, Message = "Reconciling with {Count} controllers.")]
    private partial void LogReconciling(int count);

    [LoggerMessage(Level = LogLevel.Critical, Message = "Reconciles went on {Grace} after they were cancelled; the process stops.")]
    private partial void LogStillRunning(TimeSpan grace);
}
