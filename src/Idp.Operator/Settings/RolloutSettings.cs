using System.Globalization;
using Cronos;
using Idp.Entities;
using Idp.Operator.Yaml;

namespace Idp.Operator.Settings;

/// <summary>How a newer version of a golden path reaches the repositories: to whom first, how many at a time, when, and when to stop.</summary>
public sealed record RolloutSettings
{
    /// <summary>Whether pull requests are made at all; without them <c>TemplateCurrent</c> still says what is behind.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>
    /// The waves, in their order: one begins when all repositories of those before have been offered the version. Who is in none comes last; without
    /// waves all begin at once.
    /// </summary>
    public IReadOnlyList<RolloutWave> Waves { get; init; } = [];

    /// <summary>The most pull requests of one golden path that are open at a time: a number such as <c>20</c>, or a share such as <c>10%</c>.</summary>
    public string AtOnce { get; init; } = "100%";

    /// <summary>
    /// The share of the pull requests with finished checks of which those of so many may fail; beyond it no further one is made, until the checks
    /// are mended or a newer version is there.
    /// </summary>
    public string StopAt { get; init; } = "20%";

    /// <summary>How many must have failed before the share counts: one of one is no share.</summary>
    public int StopAfter { get; init; } = 3;

    /// <summary>When pull requests may be made; null for always. Those that are open are kept current at any time.</summary>
    public RolloutWindow? Window { get; init; }
}

/// <summary>The repositories of one wave; what is not set does not matter.</summary>
public sealed record RolloutWave
{
    /// <summary>The labels that the BackendApp has.</summary>
    public IReadOnlyDictionary<string, string> Labels { get => field ?? new Dictionary<string, string>(); init; }

    /// <summary>The teams, with <c>*</c> for any text.</summary>
    public IReadOnlyList<string> Teams { get => field ?? []; init; }

    /// <summary>The furthest stage that any of its environments may have: with <c>Staging</c> none that is in production.</summary>
    public Stage? UpTo { get; init; }

    /// <summary>How many of these: a number such as <c>5</c>, or a share such as <c>10%</c>. Always the same ones.</summary>
    public string Share { get => field ?? "100%"; init; }

    /// <summary>How long to wait after the wave before was offered to its last repository, such as <c>24h</c>.</summary>
    public string Pause { get => field ?? "0"; init; }
}

/// <summary>Hours in which something may happen.</summary>
public sealed record RolloutWindow
{
    /// <summary>When it opens: minute, hour, day, month and weekday, as cron has them, such as <c>0 9 * * 1-5</c>.</summary>
    public required string Opens { get; init; }

    /// <summary>For how long, such as <c>8h</c>.</summary>
    public required string For { get; init; }

    /// <summary>The time zone of the hours, such as <c>Europe/Berlin</c>.</summary>
    public string TimeZone { get => field ?? "UTC"; init; }

    /// <summary>When it opens next, where it is not open; null where it is.</summary>
    public DateTimeOffset? ClosedUntil(DateTimeOffset now)
    {
        var (hours, zone) = (CronExpression.Parse(Opens), TimeZoneInfo.FindSystemTimeZoneById(TimeZone));
        var last = hours.GetOccurrences(now - GoDuration.Parse(For), now, zone, fromInclusive: false, toInclusive: true).Any();
        return last ? null : hours.GetNextOccurrence(now, zone) ?? DateTimeOffset.MaxValue;
    }
}

/// <summary>A number, or a share of a number: <c>5</c> or <c>10%</c>. Pure.</summary>
internal static class Share
{
    /// <summary>What both look like.</summary>
    public const string Pattern = "[1-9][0-9]{0,5}|(100|[1-9]?[0-9])%";

    /// <summary>How many of so many; of a share at least one, if it is not 0 %.</summary>
    public static int Of(string share, int all) => share.EndsWith('%')
        ? (int)Math.Ceiling(all * PercentOf(share) / 100.0)
        : Math.Min(all, int.Parse(share, CultureInfo.InvariantCulture));

    /// <summary>The number before the sign.</summary>
    public static int PercentOf(string share) => int.Parse(share.AsSpan().TrimEnd('%'), CultureInfo.InvariantCulture);
}

/// <summary>What must be true of the settings of a rollout.</summary>
internal sealed class RolloutRules(SettingsChecks checks, RolloutSettings rollout)
{
    private const string Path = "goldenPaths.rollout";

    public void Check()
    {
        checks.Fits($"{Path}.atOnce", rollout.AtOnce, Share.Pattern, "a number such as 20, or a share such as 10%");
        checks.Require($"{Path}.atOnce", rollout.AtOnce != "0%", "must not be 0%: enabled: false makes none at all");
        checks.Fits($"{Path}.stopAt", rollout.StopAt, "(100|[1-9]?[0-9])%", "a share such as 20%");
        checks.Require($"{Path}.stopAfter", rollout.StopAfter is >= 1 and <= 1000, "must be from 1 to 1000");
        foreach (var (index, wave) in rollout.Waves.Index())
        {
            var path = YamlPath.Item($"{Path}.waves", index);
            checks.Fits($"{path}.share", wave.Share, Share.Pattern, "a number such as 5, or a share such as 10%");
            checks.Require($"{path}.pause", GoDuration.IsValid(wave.Pause), "must be a Go duration such as 24h or 30m");
        }

        if (rollout.Window is { } window)
        {
            Window(window);
        }
    }

    private void Window(RolloutWindow window)
    {
        checks.Require($"{Path}.window.for", GoDuration.IsValid(window.For) && GoDuration.Parse(window.For) > TimeSpan.Zero, "must be a Go duration such as 8h");
        checks.Require(
            $"{Path}.window.timeZone", TimeZoneInfo.TryFindSystemTimeZoneById(window.TimeZone, out _), "must be a time zone such as Europe/Berlin or UTC");
        checks.Require(
            $"{Path}.window.opens",
            CronExpression.TryParse(window.Opens, out var hours) && hours.GetNextOccurrence(DateTime.UnixEpoch, TimeZoneInfo.Utc) is not null,
            "must be five fields as cron has them, which come true at some time, such as \"0 9 * * 1-5\"");
    }
}
