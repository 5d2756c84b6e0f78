using Idp.Kubernetes.Client;
using Idp.Sandbox.Demo;

namespace Idp.Testing.Crash;

/// <summary>Kills the operator around every write that making and deleting an application takes, and compares what becomes of it.</summary>
internal sealed class CrashRun(CrashOptions options, Narrator narrator, TimeProvider clock)
{
    private int _applications;

    /// <summary>Runs; 0 when every point came to what an undisturbed run comes to.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(options.Limit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await RunWithinAsync(either.Token) ? 0 : 1;
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            narrator.Bad(limit.IsCancellationRequested ? $"Not done within {options.Limit.TotalMinutes:0.#} minutes." : "stopped");
            return 1;
        }
        catch (Exception exception) when (exception is InvalidOperationException or KubeException or DemoFailedException)
        {
            narrator.Bad(exception.Message);
            narrator.Show($"Logs are in {Path.Combine(options.Directory, "log")}.");
            return 1;
        }
    }

    private async Task<bool> RunWithinAsync(CancellationToken cancellationToken)
    {
        await using var world = await narrator.StageAsync(
            "A world on this machine, the operator behind two proxies",
            () => CrashWorld.StartAsync(options.Directory, narrator, clock, cancellationToken));
        var courses = await narrator.StageAsync("Undisturbed", () => RehearseAsync(world, cancellationToken));
        var all = CrashPoints.Of(courses);
        var chosen = CrashPoints.Choose(all, options);
        narrator.Say(CrashPoints.Count(all));
        if (options.ListOnly)
        {
            chosen.ForEach(point => narrator.Show($"{all.IndexOf(point) + 1,5}  {point}"));
            return true;
        }

        var queue = new PointQueue(chosen);
        var report = new CrashReport(queue, chosen.Count, Path.Combine(options.Directory, "differences.txt"), narrator);
        await narrator.StageAsync(
            $"Killed at {chosen.Count} of them", () => KillAsync(world, courses, queue, report, cancellationToken));
        return report.Sum();
    }

    /// <summary>Makes and deletes applications of each policy, and sees to it that this comes to the same every time.</summary>
    private async Task<IReadOnlyList<Course>> RehearseAsync(CrashWorld world, CancellationToken cancellationToken)
    {
        List<Course> courses = [];
        foreach (var policy in Enumerable.Repeat(Enum.GetValues<DeletionPolicy>(), options.Rehearsals).SelectMany(policies => policies))
        {
            var app = NextApp(policy);
            var cycle = new Cycle(world, app, clock);
            var made = await cycle.MakeAsync(point: null, expected: null, cancellationToken);
            var course = new Course(policy, made, await cycle.DeleteAsync(point: null, expected: null, cancellationToken));
            await world.SweepAsync(app, cancellationToken);
            narrator.Say($"{policy}: {course.Made.Writes.Count} writes to make it, {course.Deleted.Writes.Count} to delete it");
            if (courses.Find(earlier => earlier.Policy == policy)?.Differences(course) is { Count: > 0 } differences)
            {
                throw new DemoFailedException($"Two undisturbed runs differ:\n  {string.Join("\n  ", differences)}");
            }

            courses.Add(course);
        }

        return courses;
    }

    private async Task KillAsync(
        CrashWorld world, IReadOnlyList<Course> courses, PointQueue queue, CrashReport report, CancellationToken cancellationToken)
    {
        while (!queue.IsEmpty)
        {
            var expected = courses.First(course => course.Policy == queue.NextPolicy);
            var app = NextApp(expected.Policy);
            var cycle = new Cycle(world, app, clock);
            var made = await cycle.MakeAsync(queue.Take(CrashPhase.Making, app.Policy), expected.Made.World, cancellationToken);
            report.Tell(made, world.LogTail);
            if (made.Held)
            {
                var point = queue.Take(CrashPhase.Deleting, app.Policy);
                report.Tell(await cycle.DeleteAsync(point, expected.Deleted.World, cancellationToken), world.LogTail);
            }

            await world.SweepAsync(app, cancellationToken);
        }
    }

    private CrashApp NextApp(DeletionPolicy policy) => new(++_applications, policy);
}
