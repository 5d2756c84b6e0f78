using System.Diagnostics;
using Idp.Bench.Measuring;
using Idp.Bench.World;
using Idp.Sandbox.World;

namespace Idp.Bench;

/// <summary>Measures one size, from an empty API server to the last latency.</summary>
internal sealed class BenchRun(BenchOptions options, Action<string> say)
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(15);

    /// <summary>Measures.</summary>
    public async Task<Figures> RunAsync(int apps, CancellationToken cancellationToken)
    {
        var figures = new Figures(apps);
        figures.Add("cores", Environment.ProcessorCount);
        figures.Add("children", BenchWorld.Children);
        await FloorAsync(figures, cancellationToken);
        await using var world = await BenchWorld.StartAsync(Folder($"operator-{apps}"), cancellationToken);
        await world.CreateAppsAsync(0, apps, cancellationToken);
        say($"{apps} BackendApps are created; the operator starts.");
        await using (var process = await ColdAsync(world, figures, cancellationToken))
        {
            await IdleAsync(world, process, figures, cancellationToken);
            await process.StopAsync(cancellationToken);
        }

        await using (var process = await RestartAsync(world, figures, cancellationToken))
        {
            await Latencies.MeasureAsync(world, figures, options.Samples, say, cancellationToken);
            await process.StopAsync(cancellationToken);
        }

        await Latencies.MeasureStartupAsync(world, figures, options.Starts, say, cancellationToken);
        return figures;
    }

    private async Task FloorAsync(Figures figures, CancellationToken cancellationToken)
    {
        await using var world = await BenchWorld.StartAsync(Folder($"floor-{figures.Apps}"), cancellationToken);
        figures.Add("floor_applies_per_s", await Floor.MeasureAsync(world, options.Binary, figures.Apps, cancellationToken));
        say($"The floor: {Figures.Print(figures.Of("floor_applies_per_s"))} applies a second, {Floor.Concurrency} at a time.");
    }

    private async Task<OperatorProcess> ColdAsync(BenchWorld world, Figures figures, CancellationToken cancellationToken)
    {
        var apps = figures.Apps;
        world.GitHub.Reset();
        var before = await Writes.ReadAsync(world, cancellationToken);
        var began = Stopwatch.GetTimestamp();
        var process = await world.StartOperatorAsync(cancellationToken);
        using var probe = new OperatorProbe(process);
        var ended = await Patience.UntilQuietAsync(probe, now => now.Apps >= apps && now.Environments >= apps, Quiet, Limit, cancellationToken);
        var seconds = Stopwatch.GetElapsedTime(began, ended).TotalSeconds;
        var made = await Writes.ReadAsync(world, cancellationToken);
        var rate = Writes.Between(before, made) / seconds;
        figures.Add("startup_ms", Stopwatch.GetElapsedTime(began, world.GitHub.FirstAt).TotalMilliseconds);
        figures.Add("cold_s", seconds);
        figures.Add("cold_writes_per_app", (double)Writes.Between(before, made) / apps);
        figures.Add("cold_writes_per_s", rate);
        figures.Add("cold_ratio", rate / figures.Of("floor_applies_per_s")!.Value);
        figures.Add("cold_reconciles_per_app", (double)(await probe.ReadAsync(cancellationToken)).Reconciles / apps);
        figures.Add("cold_cpu_ms_per_app", probe.CpuMilliseconds() / apps);
        figures.Add("cold_rss_mb", probe.ResidentMegabytes());
        figures.Add("github_requests_per_repository", (double)world.GitHub.Requests / apps);
        figures.Add("github_content_creating_per_repository", (double)world.GitHub.ContentCreating / apps);
        say($"Made in {seconds:0.0} s: {Writes.Print(before, made)}.");

        await BenchWorld.ForEachAsync(0, apps, (number, token) => Outcome.SucceedAsync(world.Client, number, token), cancellationToken);
        await Patience.UntilQuietAsync(probe, _ => true, Quiet, Limit, cancellationToken);
        var ready = await Writes.ReadAsync(world, cancellationToken);

        // Argo CD's own word on an Application is a write to the object itself: one an application is the bench's.
        figures.Add("writes_per_app", (double)Writes.Between(before, ready) / apps - 1);
        say($"Ready; written since: {Writes.Print(made, ready)}.");
        await Check.AllReadyAsync(world, apps, cancellationToken);
        return process;
    }

    private async Task IdleAsync(BenchWorld world, OperatorProcess process, Figures figures, CancellationToken cancellationToken)
    {
        using var probe = new OperatorProbe(process);
        await Patience.UntilQuietAsync(probe, _ => true, TimeSpan.FromSeconds(5), Limit, cancellationToken);
        var before = await Writes.ReadAsync(world, cancellationToken);
        var cpu = probe.CpuMilliseconds();
        await Task.Delay(options.Idle, TimeProvider.System, cancellationToken);
        figures.Add("idle_cpu_ms_60s", (probe.CpuMilliseconds() - cpu) * (60 / options.Idle.TotalSeconds));
        figures.Add("idle_writes_60s", Writes.Between(before, await Writes.ReadAsync(world, cancellationToken)));
        figures.Add("rss_mb", probe.ResidentMegabytes());
        say($"Idle for {options.Idle.TotalSeconds:0} s: {figures.Of("idle_writes_60s")} writes, {Figures.Print(figures.Of("rss_mb"))} MB resident.");
    }

    private async Task<OperatorProcess> RestartAsync(BenchWorld world, Figures figures, CancellationToken cancellationToken)
    {
        var apps = figures.Apps;
        world.GitHub.Reset();
        var before = await Writes.ReadAsync(world, cancellationToken);
        var began = Stopwatch.GetTimestamp();
        var process = await world.StartOperatorAsync(cancellationToken);
        using var probe = new OperatorProbe(process);
        var ended = await Patience.UntilDoneAsync(probe, now => now.Apps >= apps && now.Environments >= apps, Limit, cancellationToken);
        await Task.Delay(Quiet, TimeProvider.System, cancellationToken);
        figures.Add("restart_noop_s", Stopwatch.GetElapsedTime(began, ended).TotalSeconds);
        figures.Add("restart_writes", Writes.Between(before, await Writes.ReadAsync(world, cancellationToken)));
        figures.Add("restart_cpu_ms_per_app", probe.CpuMilliseconds() / apps);
        figures.Add("restart_rss_mb", probe.ResidentMegabytes());
        figures.Add("restart_github_requests_per_app", (double)world.GitHub.Requests / apps);
        say($"Started again: everything was checked after {figures.Of("restart_noop_s")} s, with {figures.Of("restart_writes")} writes.");
        return process;
    }

    private string Folder(string name) => Path.Combine(options.Directory, name);
}
