namespace Idp.Operator.Settings;

/// <summary>How much the operator asks of GitHub; 0 means no limit, as on GitHub Enterprise Server.</summary>
/// <remarks>https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits</remarks>
public sealed record GitHubLimitSettings
{
    /// <summary>Requests in a minute that create content, which is to make repositories; half of what GitHub allows, so that looks are not held up.</summary>
    public int ContentPerMinute { get; init; } = 40;

    /// <summary>Requests in an hour that create content.</summary>
    public int ContentPerHour { get; init; } = 500;

    /// <summary>Points in a minute; a read costs 1, a write 5.</summary>
    public int PointsPerMinute { get; init; } = 900;
}
