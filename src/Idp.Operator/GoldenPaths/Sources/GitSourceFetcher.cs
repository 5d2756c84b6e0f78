using Idp.GitHub;
using Idp.Operator.Observability;
using Idp.Operator.Repositories;
using Idp.Operator.Settings;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Idp.Operator.GoldenPaths.Sources;

/// <summary>Fetches the repositories of golden paths, each as often as it is to be asked. One that cannot be reached stays as it was.</summary>
/// <param name="settings">Names the repositories.</param>
/// <param name="goldenPaths">Reads what was fetched.</param>
/// <param name="tools">The ways to the servers.</param>
/// <param name="logger">Hears what could not be fetched.</param>
internal sealed partial class GitSourceFetcher(
    PlatformSettingsSource settings, GoldenPathSource goldenPaths, GitSourceTools tools, ILogger<GitSourceFetcher> logger) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(5);

    // What fails is tried again sooner than what is only looked at.
    private static readonly TimeSpan Retry = TimeSpan.FromMinutes(1);
    private readonly Dictionary<string, DateTimeOffset> _due = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Id, GitHubSettings GitHub), ITokenSource> _tokens = [];
    private readonly Dictionary<string, string> _failures = new(StringComparer.Ordinal);
    private HashSet<string> _kept = [];

    /// <summary>Asks the servers whose time has come, one after the other.</summary>
    public async Task FetchDueAsync(CancellationToken cancellationToken)
    {
        var current = settings.Current;
        Forget(current.GoldenPaths);
        foreach (var source in current.GoldenPaths.Repositories())
        {
            if (_due.GetValueOrDefault(source.Id) <= tools.Clock.GetUtcNow())
            {
                var isThere = await FetchAsync(current, source, cancellationToken);
                _due[source.Id] = tools.Clock.GetUtcNow() + (isThere || source.Period() < Retry ? source.Period() : Retry);
            }
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var task = tools.Metrics.BackgroundTask();
        using var timer = new PeriodicTimer(Look, tools.Clock);
        do
        {
            await FetchDueAsync(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<bool> FetchAsync(PlatformSettings current, GoldenPathGitSettings source, CancellationToken cancellationToken)
    {
        try
        {
            var request = new GitSourceRequest
            {
                Url = new Uri(source.Url),
                Tokens = TokensOf(current.GitHub, source),
                Choose = references => GitSourceTags.Choose(source, references),
                Folder = GitSourceReader.FolderOf(current.GoldenPaths, source),
            };
            var isNew = await tools.Git.FetchAsync(request, cancellationToken);
            tools.Metrics.GoldenPathsFetched(isNew ? "fetched" : "unchanged");
            if (isNew)
            {
                LogFetched(source.Id);
            }

            _failures.Remove(source.Id);
            goldenPaths.Fetched(source, failure: null);
            return true;
        }
        catch (GitSourceException error)
        {
            tools.Metrics.GoldenPathsFetched("failed");
            if (!_failures.TryGetValue(source.Id, out var known) || known != error.Message)
            {
                LogFailed(source.Id, error.Message);
            }

            _failures[source.Id] = error.Message;
            goldenPaths.Fetched(source, error.Message);
            return false;
        }
    }

    private ITokenSource? TokensOf(GitHubSettings gitHub, GoldenPathGitSettings source)
    {
        if (source.TokenFile is { } file)
        {
            return new TokenFile(file);
        }

        if (!source.GitHubCredential)
        {
            return null;
        }

        // Kept, for the tokens of an App are good for an hour.
        if (!_tokens.TryGetValue((source.Id, gitHub), out var tokens))
        {
            var owner = new Uri(source.Url).AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries) is [var first, ..] ? first : gitHub.Owner;
            _tokens.Keys.Where(known => known.Id == source.Id).ToList().ForEach(known => _tokens.Remove(known));
            _tokens[(source.Id, gitHub)] = tokens = tools.Access.TokensFor(owner);
        }

        return tokens;
    }

    /// <summary>Removes what was fetched of sources that the settings no longer name.</summary>
    private void Forget(GoldenPathSettings current)
    {
        var home = GitSourceReader.HomeOf(current);
        var wanted = current.Repositories().ToDictionary(source => source.Id, source => GitSourceReader.FolderOf(current, source), StringComparer.Ordinal);
        if (_kept.SetEquals(wanted.Values))
        {
            return;
        }

        _kept = [.. wanted.Values];
        _due.Keys.Where(id => !wanted.ContainsKey(id)).ToList().ForEach(id => _due.Remove(id));
        var there = Directory.Exists(home) ? Directory.EnumerateDirectories(home) : [];
        foreach (var left in there.Where(folder => GitSourceReader.IsFolder(folder) && !_kept.Contains(folder)).ToList())
        {
            try
            {
                Directory.Delete(left, recursive: true);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                LogLeft(left, error.Message);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Golden paths of {Source} were fetched.")]
    private partial void LogFetched(string source);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Folder} is of no use any more, and cannot be removed: {Why}")]
    private partial void LogLeft(string folder, string why);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Golden paths of {Source} could not be fetched and stay as they were: {Why}")]
    private partial void LogFailed(string source, string why);
}

/// <summary>The ways to the servers of golden paths.</summary>
/// <param name="Git">Fetches.</param>
/// <param name="Access">Knows the operator's own credential at GitHub.</param>
/// <param name="Metrics">Counts.</param>
/// <param name="Clock">The time.</param>
internal sealed record GitSourceTools(GitSource Git, GitHubAccess Access, OperatorMetrics Metrics, TimeProvider Clock);
