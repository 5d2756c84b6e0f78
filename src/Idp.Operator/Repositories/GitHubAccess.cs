using Idp.GitHub;
using Idp.Operator.Settings;

namespace Idp.Operator.Repositories;

/// <summary>The GitHub client for the settings in force.</summary>
public sealed class GitHubAccess(PlatformSettingsSource settings, IGitHubCallObserver calls, TimeProvider clock) : IDisposable
{
    private readonly HttpClient _http = GitHubHttp.CreateClient();
    private readonly Lock _lock = new();
    private GitHubSettings? _madeFor;
    private GitHubClient? _client;

    /// <summary>A client; another one after platform.yaml named another GitHub or other credentials.</summary>
    public GitHubClient Client
    {
        get
        {
            var wanted = settings.Current.GitHub;
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
    }

    /// <summary>Closes the connections.</summary>
    public void Dispose() => _http.Dispose();

    private GitHubClient Make(GitHubSettings wanted) => new(
        _http,
        new TokenFile(wanted.TokenFile),
        new GitHubOptions { BaseAddress = wanted.ApiUrl, ApiVersion = wanted.ApiVersion },
        clock,
        calls);
}
