using Idp.Kubernetes.Client;
using Idp.Sandbox.Demo;

namespace Idp.Testing.Soak;

/// <summary>The verb <c>soak</c>: what the operator does often, it does very often, and holds no more memory in the end.</summary>
internal sealed class SoakCommand(SoakOptions options, Narrator narrator)
{
    /// <summary>Runs the parts one after the other on one operator; 0 when each of them held.</summary>
    public async Task<int> RunAsync(IReadOnlyList<ISoakPart> parts, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(options.Limit, options.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await using var world = await narrator.StageAsync(
                "A world on this machine", () => SoakWorld.StartAsync(options, narrator, either.Token));
            var held = true;
            foreach (var part in parts)
            {
                held &= await RunAsync(part, world, either.Token);
            }

            narrator.ShowStages();
            return held ? 0 : 1;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return Fail("stopped");
        }
        catch (OperationCanceledException)
        {
            return Fail($"It did not get there within {options.Limit.TotalMinutes:0.#} minutes.");
        }
        catch (Exception exception) when (exception is SoakFailedException or InvalidOperationException or KubeException)
        {
            return Fail(exception.Message);
        }
    }

    private async Task<bool> RunAsync(ISoakPart part, SoakWorld world, CancellationToken cancellationToken)
    {
        var trend = await narrator.StageAsync(part.Name, () => part.RunAsync(world, cancellationToken));
        world.ExpectAlive();
        Action<string> say = trend.IsFlat ? narrator.Good : narrator.Bad;
        say($"{part.Name}: {(trend.IsFlat ? "flat" : "NOT FLAT")}: {trend}");
        return trend.IsFlat;
    }

    private int Fail(string message)
    {
        narrator.Bad(message);
        narrator.Show($"Logs are in {Path.Combine(options.Directory, "log")}.");
        return 1;
    }
}
