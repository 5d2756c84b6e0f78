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
