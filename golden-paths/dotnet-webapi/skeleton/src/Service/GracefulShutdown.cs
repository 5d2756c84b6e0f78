namespace Service;

/// <summary>Serves on for a moment when asked to stop.</summary>
/// <remarks>
/// /readyz says at once that the service stops, but callers still come until all proxies have heard it. Only then does
/// the server take no new connections, wait for the requests under way, and cut off those that take too long.
/// </remarks>
internal sealed class GracefulShutdown(Settings settings) : IHostedLifecycleService
{
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.Delay(settings.ShutdownDelay, cancellationToken);

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

internal static class GracefulShutdownExtensions
{
    public static void AddGracefulShutdown(this IServiceCollection services, Settings settings)
    {
        services.AddSingleton<IHostedService>(new GracefulShutdown(settings));
        services.Configure<HostOptions>(host => host.ShutdownTimeout = settings.ShutdownDelay + settings.ShutdownTimeout);
    }

    /// <summary>Lets requests whose body is still on its way be answered while the server stops.</summary>
    /// <remarks>
    /// A server that stops wakes its connections by cancelling what they read. JSON that is read from its pipe fails with that
    /// (https://github.com/dotnet/aspnetcore/issues/19476); from a stream it is read on.
    /// </remarks>
    public static void UseStreamedBodies(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        context.Request.Body = new BufferedStream(context.Request.Body);
        return next(context);
    });
}
