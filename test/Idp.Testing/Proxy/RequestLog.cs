using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Idp.Testing.Proxy;

/// <summary>Every request in the order of arrival, and a way to wait for one.</summary>
internal sealed class RequestLog(TimeProvider clock)
{
    private readonly Lock _lock = new();
    private readonly List<ProxiedRequest> _requests = [];
    private TaskCompletionSource _changed = NewSource();

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _requests.Count;
            }
        }
    }

    public IReadOnlyList<ProxiedRequest> After(int number)
    {
        lock (_lock)
        {
            return _requests[Math.Min(number, _requests.Count)..];
        }
    }

    public ProxiedRequest Open(HttpContext context)
    {
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.Split('?', 2);
        ProxiedRequest? request = null;
        Change(() => _requests.Add(request = new ProxiedRequest
        {
            Number = _requests.Count + 1,
            Time = clock.GetUtcNow(),
            Method = context.Request.Method,
            Path = target[0],
            Query = target.Length > 1 ? target[1] : "",
            UserAgent = context.Request.Headers.UserAgent.ToString(),
        }));
        return request!;
    }

    public void Answered(ProxiedRequest request, int status) => Change(() => request.Status = status);

    public void Close(ProxiedRequest request) => Change(() => request.IsOver = true);

    /// <summary>Waits for the first request after a number that is as expected; those that came already count.</summary>
    public async Task<ProxiedRequest> FirstAsync(int after, Func<ProxiedRequest, bool> isExpected, CancellationToken cancellationToken)
    {
        while (true)
        {
            var changed = _changed.Task;
            if (After(after).FirstOrDefault(isExpected) is { } found)
            {
                return found;
            }

            await changed.WaitAsync(cancellationToken);
        }
    }

    private void Change(Action change)
    {
        TaskCompletionSource waited;
        lock (_lock)
        {
            change();
            (waited, _changed) = (_changed, NewSource());
        }

        waited.SetResult();
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
