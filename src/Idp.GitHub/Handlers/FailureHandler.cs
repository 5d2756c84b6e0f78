namespace Idp.GitHub;

/// <summary>Gives every failure its meaning, before Octokit sees it.</summary>
internal sealed class FailureHandler : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        response.Dispose();
        var call = GitHubCallContext.Of(request);
        throw call.ResumeAt is null && call.Expected.Contains(call.Answer!.Status)
            ? new ExpectedFailureException()
            : GitHubFailures.ToException(call);
    }
}

/// <summary>Tells the observer of every request on the wire.</summary>
internal sealed class MeterHandler(TimeProvider clock, IGitHubCallObserver? observer) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        int? status = null;
        try
        {
            var response = await base.SendAsync(request, cancellationToken);
            status = (int)response.StatusCode;
            return response;
        }
        finally
        {
            observer?.Called(new GitHubCall(GitHubCallContext.Of(request).Operation, status, clock.GetElapsedTime(started)));
        }
    }
}
