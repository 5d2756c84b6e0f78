using System.Globalization;
using Idp.Sandbox.Demo;

namespace Idp.Testing.Crash;

/// <summary>Tells what came of each point, and in the end of all.</summary>
/// <param name="queue">Takes in what came of a point.</param>
/// <param name="count">How many points there are.</param>
/// <param name="file">Where every difference goes; people are shown the first.</param>
/// <param name="narrator">Tells people.</param>
internal sealed class CrashReport(PointQueue queue, int count, string file, Narrator narrator)
{
    private const int Shown = 20;
    private PhaseEnd? _slowest;
    private int _unprovoked;

    /// <summary>Tells what making or deleting an application came to.</summary>
    /// <param name="end">What it came to.</param>
    /// <param name="log">The end of the operator's log.</param>
    public void Tell(PhaseEnd end, string log)
    {
        if (end.Point is not { } point)
        {
            _unprovoked += end.Held ? 0 : 1;
            TellDifferences("without a kill", end, log);
            return;
        }

        _slowest = _slowest is null || end.Took > _slowest.Took ? end : _slowest;
        var again = queue.Settle(point, end.CameUp, end.Held);
        var head = $"[{queue.Done}/{count}] {Seconds(end)} s  {point}";
        if (end.Held)
        {
            narrator.Say(end.CameUp ? head : $"{head}: did not come up{(again ? ", later again" : "")}");
        }

        TellDifferences(head, end, log);
    }

    /// <summary>Tells of all points together.</summary>
    /// <returns>Whether all is well: nothing differed, and every point that is certain to come up did.</returns>
    public bool Sum()
    {
        narrator.ShowStages();
        if (_slowest is { } slowest)
        {
            narrator.Show($"  {Seconds(slowest)}  the slowest point: {slowest.Point}");
        }

        narrator.Head($"{queue.Done} points: {queue.Held.Count} as undisturbed, {queue.Deviated.Count} not, "
            + $"{queue.Absent.Count} did not come up");
        queue.Deviated.ToList().ForEach(point => narrator.Bad($"not as undisturbed: {point}"));
        queue.Absent.ToList().ForEach(point => narrator.Say($"did not come up: {point}"));
        return _unprovoked + queue.Deviated.Count == 0
            && queue.Held.Count > 0
            && !queue.Absent.Any(point => point.IsCertain);
    }

    private void TellDifferences(string head, PhaseEnd end, string log)
    {
        if (end.Held)
        {
            return;
        }

        narrator.Bad($"{head}: not as undisturbed");
        end.Differences.Take(Shown).ToList().ForEach(line => narrator.Show($"            {line}"));
        File.AppendAllLines(file, [$"{end.Point}", .. end.Differences.Select(line => $"  {line}")]);
        narrator.Show($"            {end.Differences.Count} differences, all of them in {file}; the operator's log ends with:");
        narrator.Show(log);
    }

    private static string Seconds(PhaseEnd end) => end.Took.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture).PadLeft(6);
}
