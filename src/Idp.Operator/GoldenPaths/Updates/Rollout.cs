using System.Globalization;
using Idp.Entities;
using Idp.Operator.Reporting;
using Idp.Operator.Settings;

namespace Idp.Operator.GoldenPaths.Updates;

/// <summary>Decides to whom a newer version of a golden path is offered now, by what stands in the status of each application.</summary>
/// <remarks>So it goes on after a restart where it was, and there is no second record that could say something else. Not safe for many threads.</remarks>
public sealed class Rollout
{
    private readonly RolloutSettings _settings;
    private readonly Dictionary<string, List<Ranked>> _paths;

    private Rollout(RolloutSettings settings, IReadOnlyList<RolloutMember> members)
    {
        _settings = settings;
        _paths = members.GroupBy(member => member.Template, StringComparer.Ordinal)
            .ToDictionary(path => path.Key, path => Rank(settings, [.. path]), StringComparer.Ordinal);
    }

    /// <summary>The rollout over all applications.</summary>
    public static Rollout Of(RolloutSettings settings, IReadOnlyList<RolloutMember> members) => new(settings, members);

    /// <summary>Whether an application that follows this golden path is among all of them.</summary>
    public bool Knows(string uid, RenderedFor target) => _paths.TryGetValue(target.Template, out var all) && all.Exists(ranked => ranked.Member.Uid == uid);

    /// <summary>Why the application's turn has not come; null where it has.</summary>
    /// <param name="uid">The application.</param>
    /// <param name="target">The version that it would be offered.</param>
    /// <param name="now">The present time.</param>
    public Problem? Waits(string uid, RenderedFor target, DateTimeOffset now)
    {
        if (!_settings.Enabled)
        {
            return Wait("pull requests for golden paths are switched off in platform.yaml (goldenPaths.rollout.enabled)", null);
        }

        if (!_paths.TryGetValue(target.Template, out var all) || all.Find(ranked => ranked.Member.Uid == uid) is not { } own)
        {
            // Not in the cache yet: it will be.
            return Wait("it is not known yet who comes first", TimeSpan.FromSeconds(10));
        }

        // What was begun goes on.
        return own.Member.Known?.Update is { IsOpen: true } begun && begun.Version == target.Version ? null
            : Failing(all, target) ?? Before(all, own, target, now) ?? Room(all, own) ?? Closed(now);
    }

    /// <summary>Counts the application among those that were offered the version, until its status says what came of it.</summary>
    /// <param name="uid">The application.</param>
    /// <param name="target">The version.</param>
    /// <param name="now">The present time.</param>
    public void Begin(string uid, RenderedFor target, DateTimeOffset now)
    {
        if (_paths.TryGetValue(target.Template, out var all) && all.FindIndex(ranked => ranked.Member.Uid == uid) is >= 0 and var index)
        {
            var begun = new TemplateUpdateStatus { Version = target.Version, Inputs = target.Inputs, IsOpen = true, Since = now };
            var known = all[index].Member.Known ?? new TemplateStatus { Name = target.Template };
            all[index] = all[index] with { Member = all[index].Member with { Known = known with { Update = begun } } };
        }
    }

    private Problem? Failing(List<Ranked> all, RenderedFor target)
    {
        var finished = all.Select(ranked => ranked.Member.Known?.Update).Where(update => update?.Version == target.Version).ToList();
        var failed = finished.Count(update => update!.Checks == TemplateChecks.Failing);
        var count = failed + finished.Count(update => update!.Checks == TemplateChecks.Passing) + all.Count(ranked => IsAt(ranked.Member, target));
        return failed >= _settings.StopAfter && failed * 100 > Share.PercentOf(_settings.StopAt) * count
            ? Wait($"it is stopped: the checks of {failed} of {count} fail with it (goldenPaths.rollout.stopAt is {_settings.StopAt})", null)
            : null;
    }

    private Problem? Before(List<Ranked> all, Ranked own, RenderedFor target, DateTimeOffset now)
    {
        for (var wave = 0; wave < own.Wave; wave++)
        {
            var members = all.Where(ranked => ranked.Wave == wave).Select(ranked => ranked.Member).ToList();
            if (members.Count(member => !WasOffered(member, target)) is > 0 and var left)
            {
                var done = members.Count - left;
                return Wait($"it is in wave {own.Wave + 1} of {Waves}; wave {wave + 1} has come to {done} of its {members.Count} repositories", null);
            }

            var last = members.Max(member => member.Known?.Update?.Since);
            var pause = wave + 1 < _settings.Waves.Count ? GoDuration.Parse(_settings.Waves[wave + 1].Pause) : TimeSpan.Zero;
            if (last + pause is { } begins && begins > now)
            {
                return Wait($"it is in wave {own.Wave + 1} of {Waves}, and wave {wave + 2} begins at {begins.UtcDateTime:u}", begins - now);
            }
        }

        return null;
    }

    private Problem? Room(List<Ranked> all, Ranked own)
    {
        var most = Math.Max(1, Share.Of(_settings.AtOnce, all.Count));
        var open = all.Count(ranked => ranked != own && ranked.Member.Known?.Update is { IsOpen: true });
        return open < most ? null : Wait($"{open} pull requests are open, and no more are to be at once (goldenPaths.rollout.atOnce is {_settings.AtOnce})", null);
    }

    private Problem? Closed(DateTimeOffset now) => _settings.Window?.ClosedUntil(now) is { } opens
        ? Wait($"the window opens at {opens.UtcDateTime.ToString("u", CultureInfo.InvariantCulture)}", opens - now)
        : null;

    private int Waves => _settings.Waves.Count + 1;

    private static bool IsAt(RolloutMember member, RenderedFor target) => member.Known?.Version == target.Version;

    // Who is pinned to another version, or follows nothing that can be raised, holds up nobody.
    private static bool WasOffered(RolloutMember member, RenderedFor target) =>
        member.Target != target.Version || IsAt(member, target) || member.Known?.Update?.Version == target.Version;

    private static Problem Wait(string message, TimeSpan? retry) => new(Reasons.TemplateWaiting, message, IsTerminal: false, retry);

    private static List<Ranked> Rank(RolloutSettings settings, IReadOnlyList<RolloutMember> members)
    {
        var left = members.OrderBy(member => member.Rank).ToList();
        var ranked = new List<Ranked>();
        foreach (var (index, wave) in settings.Waves.Index())
        {
            var fitting = left.Where(member => Fits(wave, member)).ToList();
            var taken = fitting.Take(Share.Of(wave.Share, fitting.Count)).ToList();
            ranked.AddRange(taken.Select(member => new Ranked(member, index)));
            left.RemoveAll(taken.Contains);
        }

        ranked.AddRange(left.Select(member => new Ranked(member, settings.Waves.Count)));
        return ranked;
    }

    private static bool Fits(RolloutWave wave, RolloutMember member) =>
        wave.Labels.All(label => member.Labels.GetValueOrDefault(label.Key) == label.Value)
        && (wave.Teams.Count == 0 || wave.Teams.Any(team => Glob.Matches(team, member.Team, StringComparison.Ordinal)))
        && (wave.UpTo is not { } furthest || member.Furthest <= furthest);

    private sealed record Ranked(RolloutMember Member, int Wave);
}

/// <summary>One application, as a rollout sees it.</summary>
/// <param name="Uid">Its uid.</param>
/// <param name="Template">The golden path that it follows.</param>
/// <param name="Target">The version that it is to follow; null where none is offered.</param>
/// <param name="Team">Whose it is.</param>
/// <param name="Furthest">The stage closest to production that it has.</param>
/// <param name="Labels">Its labels.</param>
/// <param name="Known">What its status says.</param>
public sealed record RolloutMember(
    string Uid, string Template, string? Target, string Team, Stage Furthest, IReadOnlyDictionary<string, string> Labels, TemplateStatus? Known)
{
    /// <summary>Its place among others: by chance, but always the same.</summary>
    public string Rank { get; } = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(Uid)));
}
