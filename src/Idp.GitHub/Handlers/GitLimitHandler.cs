namespace Idp.GitHub;

/// <summary>Sends nothing of Git's while GitHub wants no request, and learns from a refusal that it wants none.</summary>
internal sealed class GitLimitHandler(GitHubBudget budget, string credential) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var call = GitHubCallContext.Of(request);
        budget.ThrowIfClosed(call);
        var response = await base.SendAsync(request, cancellationToken);
        call.ResumeAt = call.Answer!.IsRefusal ? budget.Learn(call.Answer, credential, call.Error.Text) : null;
        return response;
    }
}
