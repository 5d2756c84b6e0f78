using Idp.Sandbox.World;

namespace Idp.Sandbox.Demo;

/// <summary>The verb <c>up</c>: a world without applications, until Ctrl-C.</summary>
internal static class UpCommand
{
    /// <summary>Runs until it is interrupted.</summary>
    public static async Task<int> RunAsync(
        string directory, bool withOperator, Narrator narrator, TimeProvider clock, CancellationToken cancellationToken)
    {
        var options = new SandboxOptions
        {
            Directory = directory,
            Delay = TimeSpan.FromSeconds(2),
            Progress = narrator.Say,
            Clock = clock,
        };
        try
        {
            var sandbox = await narrator.StageAsync(
                "A world on this machine", () => Idp.Sandbox.World.Sandbox.StartAsync(options, cancellationToken));
            try
            {
                if (withOperator)
                {
                    var process = await narrator.StageAsync(
                        "The operator, as a process with its own rights", () => sandbox.StartOperatorAsync(cancellationToken));
                    narrator.Say($"pid {process.Id}, {process.Address}metrics, log {process.LogPath}");
                }

                ShowWay(sandbox, narrator);
                await Task.Delay(Timeout.InfiniteTimeSpan, clock, cancellationToken);
            }
            finally
            {
                await narrator.AccompanyAsync("ending all of it", () => sandbox.DisposeAsync().AsTask());
            }

            return 0;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            narrator.Say("stopped; nothing is left running");
            return 0;
        }
        catch (InvalidOperationException exception)
        {
            narrator.Bad(exception.Message);
            return 1;
        }
    }

    private static void ShowWay(Idp.Sandbox.World.Sandbox sandbox, Narrator narrator)
    {
        narrator.Head("In another terminal");
        foreach (var line in sandbox.Kubectl.Exports(Environment.GetEnvironmentVariable("PATH") ?? ""))
        {
            narrator.Show($"  {line}");
        }

        narrator.Show($"  kubectl apply -f {SandboxPaths.Below("config", "samples")}");
        narrator.Show("  kubectl get backendapps,applicationenvironments -A --watch");
        narrator.Head("What else there is");
        narrator.Show($"  GitHub            {sandbox.GitHub.BaseAddress}");
        narrator.Show($"  platform settings {sandbox.PlatformPath}");
        narrator.Show($"  logs              {Path.Combine(sandbox.Directory, "log")}");
        narrator.Head("Ctrl-C ends it and leaves nothing running.");
    }
}
