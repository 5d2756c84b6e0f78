using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;
using Idp.Sandbox.World;

namespace Idp.Sandbox.Demo;

/// <summary>Shows the platform at work: every sample from nothing to ready, and with <c>--check</c> back to nothing.</summary>
internal sealed class PlatformDemo(DemoOptions options, Narrator narrator, TimeProvider clock)
{
    private Func<IEnumerable<string>> _complaints = static () => [];
    private OperatorProcess? _operator;

    /// <summary>Runs the demo; 0 when everything held.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(options.Limit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await RunAsync(either, limit, cancellationToken);
            return 0;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            narrator.Say("stopped");
            return options.Check ? 1 : 0;
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            return Fail($"The demo did not get there within {options.Limit.TotalMinutes:0.#} minutes.");
        }
        catch (Exception exception) when (exception is DemoFailedException or InvalidOperationException or KubeException)
        {
            return Fail(exception.Message);
        }
    }

    private async Task RunAsync(
        CancellationTokenSource either, CancellationTokenSource limit, CancellationToken interrupted)
    {
        var token = either.Token;
        var sandbox = await narrator.StageAsync("A world on this machine", () => Idp.Sandbox.World.Sandbox.StartAsync(
            new SandboxOptions
            {
                Directory = options.Directory,
                Delay = options.Check ? TimeSpan.FromSeconds(1) : TimeSpan.FromSeconds(3),
                Progress = narrator.Say,
                Platform = settings => GoldenPathShow.Prepare(options.Directory, settings),
                Clock = clock,
            },
            token));
        try
        {
            await using var onlooker = new Onlooker(sandbox.Client, narrator, clock);
            await TellAsync(sandbox, onlooker, token);
            if (!options.Check)
            {
                limit.CancelAfter(Timeout.InfiniteTimeSpan);
                narrator.Head("Have a look around; Ctrl-C ends it and leaves nothing running.");
                await Task.Delay(Timeout.InfiniteTimeSpan, clock, interrupted);
            }
        }
        finally
        {
            await narrator.AccompanyAsync("ending the operator, the stand-ins and the API server", () => sandbox.DisposeAsync().AsTask());
        }
    }

    private async Task TellAsync(Idp.Sandbox.World.Sandbox sandbox, Onlooker onlooker, CancellationToken token)
    {
        _complaints = onlooker.Complaints;
        await onlooker.StartAsync(token);
        _operator = await narrator.StageAsync("The operator, as a process with its own rights", () => sandbox.StartOperatorAsync(token));
        narrator.Say($"pid {_operator.Id}, {_operator.Address}metrics, log {_operator.LogPath}");
        await ApplyAsync(sandbox, onlooker, token);
        var check = new DemoCheck(sandbox, onlooker, narrator, clock);
        if (options.Check)
        {
            await check.LookAsync(token);
        }

        await narrator.StageAsync(
            "A golden path gets a newer version", () => new GoldenPathShow(sandbox, onlooker, narrator, clock).RunAsync(token));
        await ShowAsync(sandbox, onlooker, token);
        if (options.Check)
        {
            await check.DeleteAsync(token);
            narrator.ShowStages();
            narrator.Good("Everything held.");
        }
    }

    private async Task ApplyAsync(Idp.Sandbox.World.Sandbox sandbox, Onlooker onlooker, CancellationToken cancellationToken)
    {
        var expected = new HashSet<ObjectKey>();
        foreach (var sample in Sample.ReadAll())
        {
            var apply = async () =>
            {
                narrator.Show($"          {sample.Story}");
                foreach (var item in sample.Objects)
                {
                    await sandbox.ApplyAsync(item, cancellationToken);
                }

                expected.UnionWith(sample.Ours);
                await onlooker.UntilAsync(() => onlooker.AllReady(expected), cancellationToken);
            };
            await narrator.StageAsync($"kubectl apply -f config/samples/{sample.Name}", apply, onlooker.Progress);
        }
    }

    private async Task ShowAsync(Idp.Sandbox.World.Sandbox sandbox, Onlooker onlooker, CancellationToken cancellationToken)
    {
        narrator.Head("kubectl get backendapps,applicationenvironments -A");
        var table = await sandbox.Kubectl.RunAsync(
            ["get", "backendapps.idp.dev,applicationenvironments.idp.dev", "--all-namespaces"], cancellationToken);
        narrator.Show(table.Output + table.Error);
        narrator.Head("The repositories");
        foreach (var application in onlooker.Applications)
        {
            narrator.Show($"  git clone {application.Status.Repository?.CloneUrl}");
        }

        narrator.Head("The cluster");
        foreach (var line in sandbox.Kubectl.Exports(Environment.GetEnvironmentVariable("PATH") ?? ""))
        {
            narrator.Show($"  {line}");
        }

        narrator.Show("  kubectl describe backendapp payment-service -n team-payments");
        narrator.Show("  kubectl get applications -n argocd");
    }

    private int Fail(string message)
    {
        narrator.Head("It did not work");
        narrator.Bad(message);
        foreach (var complaint in _complaints())
        {
            narrator.Show($"  {complaint}");
        }

        if (_operator is not null)
        {
            narrator.Head($"The end of {_operator.LogPath}");
            narrator.Show(_operator.LogTail());
        }

        narrator.Show($"Logs are in {Path.Combine(options.Directory, "log")}.");
        return 1;
    }
}
