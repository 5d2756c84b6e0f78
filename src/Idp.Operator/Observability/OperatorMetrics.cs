using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Idp.GitHub;
using Idp.Operator.Webhooks;

namespace Idp.Operator.Observability;

/// <summary>The platform's own meters; those of the runtime come from <c>Idp.Kubernetes</c>.</summary>
/// <remarks>
/// Labels have few values: never a name of an object, never an error's text. Every series whose labels are known starts
/// at 0, so that the first failure shows as an increase (https://prometheus.io/docs/practices/instrumentation/#avoid-missing-metrics).
/// </remarks>
public sealed class OperatorMetrics : IGitHubCallObserver, IDisposable
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "Idp.Operator";

    private readonly Meter _meter;
    private readonly Counter<long> _creations;
    private readonly Histogram<double> _creationDuration;
    private readonly Counter<long> _externalCalls;
    private readonly Counter<long> _gitHubRequests;
    private readonly Histogram<double> _gitHubDuration;
    private readonly ConcurrentDictionary<string, GitHubQuota> _quotas = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, (string GoldenPath, string Reason)> _repositories = new(StringComparer.Ordinal);
    private readonly UpDownCounter<long> _backgroundTasks;
    private readonly Counter<long> _settingsReloads;
    private readonly Counter<long> _goldenPathFetches;
    private readonly Counter<long> _webhookDeliveries;

    /// <summary>Makes the instruments.</summary>
    public OperatorMetrics()
        : this(MeterName)
    {
    }

    internal OperatorMetrics(string meterName)
    {
        _meter = new Meter(meterName);
        _creations = _meter.CreateCounter<long>(
            "project_creation", description: "Repositories laid from a golden path, and attempts that GitHub refused, by status.");
        _creationDuration = _meter.CreateHistogram<double>(
            "project_creation_duration", "s", "From the BackendApp's creation to its repository with the golden path.");
        _externalCalls = _meter.CreateCounter<long>("external_api_calls", description: "Calls of external services, by service and operation.");
        _gitHubRequests = _meter.CreateCounter<long>(
            "github_api_requests", description: "Requests to GitHub's API, by operation and status; status 0 is no answer.");
        _gitHubDuration = _meter.CreateHistogram<double>("github_api_request_duration", "s", "From sending a request to the end of the answer.");
        ShowQuota("github_api_rate_limit_limit", "Requests in an hour.", quota => quota.Limit);
        ShowQuota("github_api_rate_limit_remaining", "Requests that are left of the hour.", quota => quota.Remaining);
        ShowQuota(
            "github_api_rate_limit_reset_seconds", "When all requests are there again, in seconds since 1970.", quota => quota.ResetAt.ToUnixTimeSeconds());
        _meter.CreateObservableGauge(
            "golden_path_repositories", CountRepositories, description: "Repositories that follow a golden path, by the reason of their condition TemplateCurrent.");
        _backgroundTasks = _meter.CreateUpDownCounter<long>("background_tasks_active", description: "Tasks that run beside the reconciles.");
        _settingsReloads = _meter.CreateCounter<long>("platform_settings_reloads", description: "Reads of a changed platform.yaml, by outcome.");
        _goldenPathFetches = _meter.CreateCounter<long>("golden_path_source_fetches", description: "Looks at the repositories of golden paths, by outcome.");
        _webhookDeliveries = _meter.CreateCounter<long>(
            "github_webhook_deliveries", description: "Deliveries of GitHub's webhook, by event and by what became of them.");
        BeginAtZero();
    }

    /// <summary>Lets every series begin: for a listener that came after the instruments, since nobody hears what was counted before.</summary>
    public void BeginAtZero()
    {
        foreach (var status in (ReadOnlySpan<string>)["succeeded", "failed"])
        {
            _creations.Add(0, new KeyValuePair<string, object?>("status", status));
        }

        foreach (var outcome in (ReadOnlySpan<string>)["accepted", "refused"])
        {
            _settingsReloads.Add(0, new KeyValuePair<string, object?>("outcome", outcome));
        }

        foreach (var outcome in (ReadOnlySpan<string>)["fetched", "unchanged", "failed"])
        {
            _goldenPathFetches.Add(0, new KeyValuePair<string, object?>("outcome", outcome));
        }

        foreach (var label in WebhookEvents.Labels)
        {
            WebhookDelivered(label, WebhookOutcome.Accepted.Label, 0);
        }

        foreach (var outcome in WebhookOutcome.All)
        {
            WebhookDelivered(WebhookEvents.Other, outcome.Label, 0);
        }

        _backgroundTasks.Add(0);
    }

    /// <summary>A repository got its golden path.</summary>
    /// <param name="elapsed">Since the BackendApp was created.</param>
    public void ProjectCreated(TimeSpan elapsed)
    {
        _creations.Add(1, new KeyValuePair<string, object?>("status", "succeeded"));
        _creationDuration.Record(Math.Max(0, elapsed.TotalSeconds));
    }

    /// <summary>GitHub refused a step of making a repository; it is tried again.</summary>
    public void ProjectFailed() => _creations.Add(1, new KeyValuePair<string, object?>("status", "failed"));

    /// <summary>A repository follows a golden path.</summary>
    /// <param name="uid">The BackendApp, which is no label.</param>
    /// <param name="goldenPath">The golden path.</param>
    /// <param name="reason">The reason of its condition TemplateCurrent.</param>
    public void RepositoryFollows(string uid, string goldenPath, string reason) => _repositories[uid] = (goldenPath, reason);

    /// <summary>A BackendApp is gone.</summary>
    public void RepositoryGone(string uid) => _repositories.TryRemove(uid, out _);

    /// <summary>A changed <c>platform.yaml</c> was read.</summary>
    /// <param name="accepted">Whether it is in force now.</param>
    public void SettingsReloaded(bool accepted) =>
        _settingsReloads.Add(1, new KeyValuePair<string, object?>("outcome", accepted ? "accepted" : "refused"));

    /// <summary>A repository of golden paths was asked.</summary>
    /// <param name="outcome">What came of it: fetched, unchanged, failed.</param>
    public void GoldenPathsFetched(string outcome) => _goldenPathFetches.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    /// <summary>GitHub's webhook delivered something, or somebody pretended that it did.</summary>
    /// <param name="event">What it tells of, out of a small fixed set.</param>
    /// <param name="outcome">What became of it, out of a small fixed set.</param>
    public void WebhookDelivered(string @event, string outcome) => WebhookDelivered(@event, outcome, 1);

    /// <summary>Counts a background task until the result is disposed.</summary>
    public IDisposable BackgroundTask()
    {
        _backgroundTasks.Add(1);
        return new Running(_backgroundTasks);
    }

    /// <inheritdoc/>
    public void Called(GitHubCall made)
    {
        var operation = new KeyValuePair<string, object?>("operation", made.Operation);
        _externalCalls.Add(1, new KeyValuePair<string, object?>("service", "github"), operation);
        _gitHubRequests.Add(1, operation, new KeyValuePair<string, object?>("status", made.StatusCode ?? 0));
        _gitHubDuration.Record(made.Elapsed.TotalSeconds, operation);
    }

    /// <inheritdoc/>
    public void QuotaSeen(GitHubQuota quota) => _quotas[quota.Credential] = quota;

    /// <inheritdoc/>
    public void QuotaGone(string credential) => _quotas.TryRemove(credential, out _);

    /// <summary>Ends the instruments.</summary>
    public void Dispose() => _meter.Dispose();

    private IEnumerable<Measurement<long>> CountRepositories() => _repositories.Values.CountBy(repository => repository).Select(count => new Measurement<long>(
        count.Value,
        new KeyValuePair<string, object?>("golden_path", count.Key.GoldenPath),
        new KeyValuePair<string, object?>("reason", count.Key.Reason)));

    private void ShowQuota(string name, string description, Func<GitHubQuota, long> value) => _meter.CreateObservableGauge(
        name,
        () => _quotas.Values.Select(quota => new Measurement<long>(value(quota), new KeyValuePair<string, object?>("credential", quota.Credential))),
        description: description);

    private void WebhookDelivered(string @event, string outcome, int count) => _webhookDeliveries.Add(
        count, new KeyValuePair<string, object?>("event", @event), new KeyValuePair<string, object?>("outcome", outcome));

    private sealed class Running(UpDownCounter<long> tasks) : IDisposable
    {
        private int _ended;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _ended, 1) == 0)
            {
                tasks.Add(-1);
            }
        }
    }
}
