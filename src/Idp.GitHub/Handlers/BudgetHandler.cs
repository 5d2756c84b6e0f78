namespace Idp.GitHub;

/// <summary>Sends only what the credential may ask, one write at a time, and learns from every answer what that is.</summary>
internal sealed class BudgetHandler(GitHubBudget budget, string credential, IGitHubCallObserver? observer) : DelegatingHandler
{
    // GitHub asks for one write at a time; who waits here waits for an answer that is under way, never for a time.
    private readonly SemaphoreSlim _writing = new(1, 1);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Method == HttpMethod.Get)
        {
            return await SpendAsync(request, isWrite: false, cancellationToken);
        }

        await _writing.WaitAsync(cancellationToken);
        try
        {
            return await SpendAsync(request, isWrite: true, cancellationToken);
        }
        finally
        {
            _writing.Release();
        }
    }

    protected override void Dispose(bool disposing)
    {
        _writing.Dispose();
        base.Dispose(disposing);
    }

    private async Task<HttpResponseMessage> SpendAsync(HttpRequestMessage request, bool isWrite, CancellationToken cancellationToken)
    {
        var call = GitHubCallContext.Of(request);
        budget.Spend(call, isWrite);
        var response = await base.SendAsync(request, cancellationToken);
        var error = response.IsSuccessStatusCode ? null : call.Error;
        call.ResumeAt = budget.Learn(call.Answer!, credential, $"{error?.Text} {error?.DocumentationUrl}");
        if (budget.Quota is { } quota)
        {
            observer?.QuotaSeen(quota);
        }

        return response;
    }
}

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
