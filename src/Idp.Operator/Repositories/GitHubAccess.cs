using Idp.GitHub;
using Idp.Operator.Settings;

namespace Idp.Operator.Repositories;

/// <summary>The GitHub client for the settings in force.</summary>
/// <param name="settings">Where GitHub is, and the credentials.</param>
/// <param name="calls">Is told of every request.</param>
/// <param name="clock">Where time comes from.</param>
/// <param name="http">The connections; disposed with this.</param>
/// <param name="userAgent">Who sends the requests.</param>
public sealed class GitHubAccess(
    PlatformSettingsSource settings, IGitHubCallObserver calls, TimeProvider clock, HttpClient http, string userAgent) : IDisposable
{
    private static readonly GitHubRepositorySettings Any = new();
    private readonly Lock _lock = new();
    private GitHubSettings? _madeFor;
    private GitHubClient? _client;

    /// <summary>The client for what that owner has; another one after platform.yaml named another GitHub or other credentials.</summary>
    /// <param name="owner">The organisation whose repositories are meant.</param>
    public GitHubClient For(string owner)
    {
        ArgumentException.ThrowIfNullOrEmpty(owner);

        // What repositories shall be is no matter of the client: with another one the memory of a rate limit would be lost.
        var wanted = settings.Current.GitHub with { Repository = Any };
        lock (_lock)
        {
            if (_client is null || _madeFor != wanted)
            {
                _client = Make(wanted);
                _madeFor = wanted;
            }

            return _client;
        }
    }

    /// <summary>Closes the connections.</summary>
    public void Dispose() => http.Dispose();

    private GitHubClient Make(GitHubSettings wanted) => new(
        http,
        new TokenFile(wanted.TokenFile),
        new GitHubOptions { BaseAddress = wanted.ApiUrl, ApiVersion = wanted.ApiVersion, UserAgent = userAgent },
        clock,
        calls);
}
