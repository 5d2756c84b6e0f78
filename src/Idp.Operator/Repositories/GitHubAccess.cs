using Idp.GitHub;
using Idp.Operator.Settings;

namespace Idp.Operator.Repositories;

/// <summary>The GitHub clients for the settings in force: one for each set of credentials.</summary>
/// <remarks>
/// A token in a file is one set for all owners. An App has one for each owner that has installed it, with tokens and a
/// rate limit of its own.
/// </remarks>
/// <param name="settings">Where GitHub is, and the credentials.</param>
/// <param name="calls">Is told of every request.</param>
/// <param name="clock">Where time comes from.</param>
/// <param name="http">The connections; disposed with this.</param>
/// <param name="userAgent">Who sends the requests.</param>
public sealed class GitHubAccess(
    PlatformSettingsSource settings, IGitHubCallObserver calls, TimeProvider clock, HttpClient http, string userAgent) : IDisposable
{
    private const string Everybody = "";
    private readonly Lock _lock = new();
    private readonly Dictionary<string, GitHubClient> _clients = new(StringComparer.OrdinalIgnoreCase);
    private Connection? _madeFor;

    /// <summary>The client for what that owner has; another one after platform.yaml named another GitHub or other credentials.</summary>
    /// <param name="owner">The organisation whose repositories are meant; upper and lower case are the same.</param>
    public GitHubClient For(string owner)
    {
        ArgumentException.ThrowIfNullOrEmpty(owner);
        var wanted = settings.Current.GitHub;
        var whose = wanted.App is { InstallationId: null } ? owner : Everybody;
        var connection = new Connection(wanted.ApiUrl, wanted.ApiVersion, wanted.TokenFile, wanted.App, wanted.Limits);
        lock (_lock)
        {
            // A client knows what was spent of the limits: it is kept while nothing changes that it is made of.
            if (_madeFor != connection)
            {
                _clients.Keys.ToList().ForEach(calls.QuotaGone);
                _clients.Clear();
                _madeFor = connection;
            }

            if (!_clients.TryGetValue(whose, out var client))
            {
                _clients[whose] = client = Make(wanted, owner);
            }

            return client;
        }
    }

    /// <summary>The tokens for what that owner has, apart from any client.</summary>
    internal ITokenSource TokensFor(string owner)
    {
        var wanted = settings.Current.GitHub;
        return Tokens(wanted, owner, OptionsOf(wanted, owner));
    }

    /// <summary>How many clients there are.</summary>
    internal int Count
    {
        get
        {
            lock (_lock)
            {
                return _clients.Count;
            }
        }
    }

    /// <summary>Lets the owners go of whom no application is left.</summary>
    /// <remarks>Not before what was spent of GitHub's limits counts no more: else who makes and deletes applications would never be slowed down.</remarks>
    /// <param name="isUsed">Whether there is an application of an owner.</param>
    public void LetGo(Func<string, bool> isUsed)
    {
        List<string> owners;
        lock (_lock)
        {
            owners = [.. _clients.Where(held => held.Key != Everybody && held.Value.Budget.IsIdle).Select(held => held.Key)];
        }

        foreach (var owner in owners.Where(owner => !isUsed(owner)))
        {
            lock (_lock)
            {
                if (_clients.TryGetValue(owner, out var client) && client.Budget.IsIdle)
                {
                    _clients.Remove(owner);
                    calls.QuotaGone(owner);
                }
            }
        }
    }

    /// <summary>Takes an application that is gone out of the line of those who wait to create content.</summary>
    /// <param name="owner">The organisation.</param>
    /// <param name="key">What the application reserves by.</param>
    public void Leave(string owner, string key)
    {
        lock (_lock)
        {
            if (_clients.TryGetValue(_clients.ContainsKey(Everybody) ? Everybody : owner, out var client))
            {
                client.Budget.Leave(key);
            }
        }
    }

    /// <summary>Closes the connections.</summary>
    public void Dispose() => http.Dispose();

    private static GitHubLimits LimitsOf(GitHubLimitSettings wanted) => new()
    {
        ContentPerMinute = wanted.ContentPerMinute,
        ContentPerHour = wanted.ContentPerHour,
        PointsPerMinute = wanted.PointsPerMinute,
    };

    private GitHubOptions OptionsOf(GitHubSettings wanted, string owner) => new()
    {
        BaseAddress = wanted.ApiUrl,
        ApiVersion = wanted.ApiVersion,
        UserAgent = userAgent,
        Credential = wanted.App is null ? "token" : owner,
        Limits = LimitsOf(wanted.Limits),
    };

    private GitHubClient Make(GitHubSettings wanted, string owner)
    {
        var options = OptionsOf(wanted, owner);
        return new GitHubClient(http, Tokens(wanted, owner, options), options, clock, calls);
    }

    private ITokenSource Tokens(GitHubSettings wanted, string owner, GitHubOptions options) => wanted.App is { } app
        ? new InstallationTokens(
            http,
            new GitHubAppInstallation { AppId = app.Id, PrivateKeyFile = app.PrivateKeyFile, Owner = owner, InstallationId = app.InstallationId },
            options with { Credential = "app" },
            clock,
            calls)
        : new TokenFile(wanted.TokenFile);

    private sealed record Connection(Uri ApiUrl, string ApiVersion, string TokenFile, GitHubAppSettings? App, GitHubLimitSettings Limits);
}
