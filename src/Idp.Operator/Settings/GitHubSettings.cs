namespace Idp.Operator.Settings;

/// <summary>Where repositories are made, and as whom.</summary>
public sealed record GitHubSettings
{
    /// <summary>The root of the REST API; <c>https://HOST/api/v3</c> for GitHub Enterprise Server.</summary>
    public Uri ApiUrl { get; init; } = new("https://api.github.com/");

    /// <summary>The root of the web pages, for links; by default derived from <see cref="ApiUrl"/>.</summary>
    public Uri? WebUrl { get; init; }

    /// <summary>The App to work as; null for a token in <see cref="TokenFile"/>.</summary>
    public GitHubAppSettings? App { get; init; }

    /// <summary>
    /// The file that holds the token; it is read again for each request, so a rotated token is used at once. Not used with
    /// <see cref="App"/>.
    /// </summary>
    public string TokenFile { get; init; } = "/var/run/secrets/idp.dev/github/token";

    /// <summary>The value of <c>X-GitHub-Api-Version</c>.</summary>
    /// <remarks>https://docs.github.com/en/rest/about-the-rest-api/api-versions</remarks>
    public string ApiVersion { get; init; } = "2022-11-28";

    /// <summary>How much is asked of it.</summary>
    public GitHubLimitSettings Limits { get; init; } = new();

    /// <summary>How often a repository in order is looked at, as a Go duration; an hour is enough with a webhook.</summary>
    public string PollInterval { get; init; } = "10m";

    /// <summary>The webhook by which GitHub tells of changes; without it they are found when a repository is looked at.</summary>
    public WebhookSettings? Webhook { get; init; }

    /// <summary>The organisation or user that owns repositories which name no owner. Required.</summary>
    public string Owner { get; init; } = "";

    /// <summary>What every repository is beyond its files.</summary>
    public GitHubRepositorySettings Repository { get; init; } = new();

    /// <summary>What <see cref="PollInterval"/> says.</summary>
    public TimeSpan PollEvery() => GoDuration.Parse(PollInterval);
}

/// <summary>The GitHub App that the operator works as.</summary>
/// <remarks>https://docs.github.com/en/apps/creating-github-apps</remarks>
public sealed record GitHubAppSettings
{
    /// <summary>The App's id, in quotes, or its client id.</summary>
    public required string Id { get; init; }

    /// <summary>The file that holds the App's private key as PEM; read again for each new token.</summary>
    public required string PrivateKeyFile { get; init; }

    /// <summary>The number of the one installation to use for every owner; null to find that of each owner.</summary>
    public long? InstallationId { get; init; }
}

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

/// <summary>How GitHub tells of changes by itself.</summary>
/// <remarks>https://docs.github.com/en/webhooks/about-webhooks</remarks>
public sealed record WebhookSettings
{
    /// <summary>
    /// The file that holds the webhook's secret; it is read for each delivery. Several lines are several secrets, of which each is
    /// good: so one is exchanged without losing a delivery.
    /// </summary>
    public required string SecretFile { get; init; }
}
