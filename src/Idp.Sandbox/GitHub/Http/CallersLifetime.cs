using Microsoft.Extensions.Hosting;

namespace Idp.Sandbox.GitHub;

/// <summary>Leaves signals to the process: the usual lifetime would catch SIGTERM and stop nothing but the server.</summary>
internal sealed class CallersLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
