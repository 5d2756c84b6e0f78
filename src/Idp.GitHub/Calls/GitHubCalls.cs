using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Octokit;

namespace Idp.GitHub;

/// <summary>Makes calls to GitHub by Octokit, over our own chain of handlers.</summary>
/// <remarks>
/// Octokit knows addresses and models. What a request may cost, as whom it is sent, where it may be redirected, how much is read of
/// the answer and what a failure means are the handlers', from the outside in: <see cref="FailureHandler"/>,
/// <see cref="BudgetHandler"/>, <see cref="AuthorizationHandler"/>, <see cref="RedirectHandler"/>, <see cref="MeterHandler"/>,
/// <see cref="ExchangeHandler"/>. So none of Octokit's exceptions ever decides.
/// </remarks>
internal sealed class GitHubCalls
{
    private readonly Octokit.GitHubClient _client;

    public GitHubCalls(HttpClient http, ITokenSource tokens, GitHubOptions options, TimeProvider clock, IGitHubCallObserver? observer)
    {
        Clock = clock;
        Budget = new GitHubBudget(options.Limits, clock);
        HttpMessageHandler chain = new ExchangeHandler(http);
        chain = new MeterHandler(clock, observer) { InnerHandler = chain };
        chain = new RedirectHandler { InnerHandler = chain };
        chain = new AuthorizationHandler(tokens, AuthorizationHandler.Bearer) { InnerHandler = chain };
        chain = new BudgetHandler(Budget, options.Credential, observer) { InnerHandler = chain };
        chain = new FailureHandler { InnerHandler = chain };
        _client = new Octokit.GitHubClient(new Connection(
            new ProductHeaderValue("idp"),
            options.Root,
            new Octokit.Internal.InMemoryCredentialStore(Credentials.Anonymous),
            new OctokitHttp(chain, options),
            new OctokitJson()));
    }

    /// <summary>The time.</summary>
    public TimeProvider Clock { get; }

    /// <summary>What the credential may still ask.</summary>
    public GitHubBudget Budget { get; }

    /// <summary>Makes a call and returns what GitHub answered; throws by meaning otherwise.</summary>
    public async Task<T> RunAsync<T>(GitHubCallContext call, Func<IGitHubClient, Task<T>> send, CancellationToken cancellationToken)
    {
        call.CancellationToken = cancellationToken;
        GitHubCallContext.Current = call;
        try
        {
            return await send(_client) ?? throw new JsonException("There is nothing in it.");
        }
        catch (Exception error) when (call.Answer is { IsSuccess: true } && error is not (GitHubException or OperationCanceledException))
        {
            // Whatever stumbles over an answer: it came from no GitHub. What Octokit says of it may quote it.
            throw GitHubFailures.Unreadable(call, error as JsonException);
        }
    }

    /// <summary>The same, but null where GitHub gave one of the answers that <see cref="GitHubCallContext.Expected"/> names.</summary>
    public async Task<T?> FindAsync<T>(GitHubCallContext call, Func<IGitHubClient, Task<T>> send, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return await RunAsync(call, send, cancellationToken);
        }
        catch (ExpectedFailureException)
        {
            return null;
        }
    }

    /// <summary>Makes a call whose answer says no more than that it was done; false where it ended as expected otherwise.</summary>
    public async Task<bool> TryAsync(GitHubCallContext call, Func<IGitHubClient, Task> send, CancellationToken cancellationToken)
    {
        try
        {
            return await RunAsync(call, DoneAsync, cancellationToken);
        }
        catch (ExpectedFailureException)
        {
            return false;
        }

        async Task<bool> DoneAsync(IGitHubClient client)
        {
            await send(client);
            return true;
        }
    }
}

/// <summary>A failure that is an answer to this call. It gets past Octokit, and no further than <see cref="GitHubCalls"/>.</summary>
[SuppressMessage("Design", "CA1064", Justification = "Nobody else ever sees it.")]
internal sealed class ExpectedFailureException : Exception;
