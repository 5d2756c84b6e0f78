namespace Idp.GitHub;

/// <summary>How much one credential may ask of GitHub; 0 means no limit.</summary>
/// <remarks>
/// The hourly quota is not among them: GitHub tells it with every answer. See
/// <see href="https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits"/>.
/// </remarks>
public sealed record GitHubLimits
{
    /// <summary>No limit at all, as GitHub Enterprise Server is installed.</summary>
    public static readonly GitHubLimits None = new() { ContentPerMinute = 0, ContentPerHour = 0, PointsPerMinute = 0 };

    /// <summary>Requests in a minute that create content, which is to make repositories.</summary>
    /// <remarks>
    /// Half of what GitHub allows: with all that belongs to it a repository takes eleven points, and half of those of a minute are left for
    /// looking, by which others come to stand in line. What is lasting is the limit of an hour. The other defaults are GitHub's own.
    /// </remarks>
    public int ContentPerMinute { get; init; } = 40;

    /// <summary>Requests in an hour that create content.</summary>
    public int ContentPerHour { get; init; } = 500;

    /// <summary>Points in a minute: a read costs 1, a write 5.</summary>
    public int PointsPerMinute { get; init; } = 900;
}
