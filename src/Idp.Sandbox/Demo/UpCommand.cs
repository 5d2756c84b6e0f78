using Idp.Sandbox.World;

namespace Idp.Sandbox.Demo;

/// <summary>The verb <c>up</c>: a world without applications, until Ctrl-C.</summary>
internal static class UpCommand
{
    /// <summary>Runs until it is interrupted.</summary>
    public static async Task<int> RunAsync(
        string directory, bool withOperator, Narrator narrator, TimeProvider clock, CancellationToken cancellationToken)
    {
        try
        {
            var options = new SandboxOptions
            {
                Directory = directory,
                Delay = TimeSpan.FromSeconds(2),
                Progress = narrator.Say,
                Clock = clock,
            };
            await using var sandbox = await Idp.Sandbox.World.Sandbox.StartAsync(options, cancellationToken);
            if (withOperator)
            {
                var process = await sandbox.StartOperatorAsync(cancellationToken);
                narrator.Say($"operator: pid {process.Id}, {process.Address}metrics, log {process.LogPath}");
            }

            narrator.Show($"export KUBECONFIG={sandbox.Kubectl.Kubeconfig}");
            narrator.Show($"platform settings: {sandbox.PlatformPath}");
            narrator.Show($"logs: {Path.Combine(sandbox.Directory, "log")}");
            narrator.Show("Ctrl-C ends it and leaves nothing running.");
            await Task.Delay(Timeout.InfiniteTimeSpan, clock, cancellationToken);
            return 0;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return 0;
        }
        catch (InvalidOperationException exception)
        {
            narrator.Bad(exception.Message);
            return 1;
        }
    }
}
