namespace Idp.Sandbox.GitHub;

/// <summary>The limits that a <see cref="GitHubServer"/> enforces, by its own clock; the defaults are GitHub's.</summary>
/// <remarks>
/// See <see href="https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api"/>.
/// </remarks>
public sealed record GitHubServerLimits
{
    /// <summary>Requests in an hour; answers of 304 are not counted.</summary>
    public int Requests { get; init; } = 5_000;

    /// <summary>Requests in a minute that create content.</summary>
    public int ContentPerMinute { get; init; } = 80;

    /// <summary>Requests in an hour that create content.</summary>
    public int ContentPerHour { get; init; } = 500;

    /// <summary>Points in a minute; a read costs 1, a write 5.</summary>
    public int PointsPerMinute { get; init; } = 900;

    /// <summary>Whether a secondary limit says how long to wait; GitHub does not always.</summary>
    public bool SaysRetryAfter { get; init; }
}
