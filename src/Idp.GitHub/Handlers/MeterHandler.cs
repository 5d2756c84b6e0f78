namespace Idp.GitHub;

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
