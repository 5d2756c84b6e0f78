namespace Idp.Sandbox.GitHub;

/// <summary>Counts requests against the limits, and refuses those that are too many.</summary>
/// <remarks>
/// It is stricter than GitHub says it is: who asks again while refused is counted in <see cref="WhileLimited"/>, for
/// GitHub bans who does so too often.
/// </remarks>
internal sealed class RateLimiter(GitHubServerOptions options)
{
    private static readonly TimeSpan Block = TimeSpan.FromMinutes(1);
    private static readonly string[] Content =
        ["create_repository", "put_contents", "generate_repository", "create_pull_request", "create_issue_comment"];

    private readonly Lock _lock = new();
    private readonly Queue<DateTimeOffset> _minute = new();
    private readonly Queue<DateTimeOffset> _hour = new();
    private readonly Queue<(DateTimeOffset At, int Points)> _points = new();
    private DateTimeOffset _reset;
    private DateTimeOffset _blockedUntil;
    private int _used;

    /// <summary>Requests that came although an earlier answer had said to wait.</summary>
    public int WhileLimited { get; private set; }

    /// <summary>The numbers for the headers: the limit, what is used, and when it begins anew.</summary>
    public (int Limit, int Used, DateTimeOffset Reset) Quota(int total)
    {
        lock (_lock)
        {
            Begin(options.Clock.GetUtcNow());

            // Without limits to keep, the numbers are for show and never get to nothing: only a fault does that.
            return options.Limits is { } limits
                ? (limits.Requests, Math.Min(_used, limits.Requests), _reset)
                : (options.RateLimit, Math.Min(total, options.RateLimit - 1), options.Clock.GetUtcNow().AddHours(1));
        }
    }

    /// <summary>Returns the refusal of one request too many, or null for one that may go on; then it is counted.</summary>
    public (Reply Reply, IReadOnlyDictionary<string, string> Headers)? Refuse(string method, string operation)
    {
        if (options.Limits is not { } limits)
        {
            return null;
        }

        lock (_lock)
        {
            var now = options.Clock.GetUtcNow();
            Begin(now);
            if (now < _blockedUntil || _used >= limits.Requests)
            {
                WhileLimited += _used > limits.Requests || now < _blockedUntil ? 1 : 0;
                _used += _used == limits.Requests ? 1 : 0;
                return now < _blockedUntil ? Secondary(limits, now) : Primary();
            }

            if (IsTooMuch(limits, method, operation, now))
            {
                _blockedUntil = now + Block;
                return Secondary(limits, now);
            }

            _used++;
            return null;
        }
    }

    /// <summary>Git's own requests spend nothing of the limits; but who was told to wait is not to send them either.</summary>
    public void SeeGit()
    {
        lock (_lock)
        {
            var now = options.Clock.GetUtcNow();
            WhileLimited += now < _blockedUntil || (now < _reset && _used > options.Limits?.Requests) ? 1 : 0;
        }
    }

    /// <summary>A request that was answered 304 costs nothing.</summary>
    public void GiveBack()
    {
        lock (_lock)
        {
            _used = Math.Max(0, _used - 1);
        }
    }

    private bool IsTooMuch(GitHubServerLimits limits, string method, string operation, DateTimeOffset now)
    {
        Forget(_minute, now - TimeSpan.FromMinutes(1));
        Forget(_hour, now - TimeSpan.FromHours(1));
        while (_points.TryPeek(out var oldest) && oldest.At <= now - TimeSpan.FromMinutes(1))
        {
            _points.Dequeue();
        }

        var points = method is "GET" or "HEAD" ? 1 : 5;
        if (_points.Sum(entry => entry.Points) + points > limits.PointsPerMinute)
        {
            return true;
        }

        if (Content.Contains(operation))
        {
            if (_minute.Count >= limits.ContentPerMinute || _hour.Count >= limits.ContentPerHour)
            {
                return true;
            }

            _minute.Enqueue(now);
            _hour.Enqueue(now);
        }

        _points.Enqueue((now, points));
        return false;
    }

    private void Begin(DateTimeOffset now)
    {
        if (now >= _reset)
        {
            (_reset, _used) = (now.AddHours(1), 0);
        }
    }

    private static void Forget(Queue<DateTimeOffset> times, DateTimeOffset until)
    {
        while (times.TryPeek(out var oldest) && oldest <= until)
        {
            times.Dequeue();
        }
    }

    private static (Reply, IReadOnlyDictionary<string, string>) Primary() => (
        Reply.Error(403, "API rate limit exceeded for installation ID 1.", "https://docs.github.com/rest/overview/rate-limits-for-the-rest-api"),
        new Dictionary<string, string>());

    private (Reply, IReadOnlyDictionary<string, string>) Secondary(GitHubServerLimits limits, DateTimeOffset now) => (
        Reply.Error(
            403,
            "You have exceeded a secondary rate limit and have been temporarily blocked from content creation. Please retry your request again later.",
            "https://docs.github.com/rest/overview/rate-limits-for-the-rest-api#about-secondary-rate-limits"),
        limits.SaysRetryAfter
            ? new Dictionary<string, string> { ["Retry-After"] = $"{Math.Ceiling((_blockedUntil - now).TotalSeconds):0}" }
            : new Dictionary<string, string>());
}
