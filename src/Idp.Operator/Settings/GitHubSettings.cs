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
