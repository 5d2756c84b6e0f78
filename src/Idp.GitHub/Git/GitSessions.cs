namespace Idp.GitHub;

/// <summary>Runs what talks to GitHub by Git's protocol: on a thread of its own, within its time.</summary>
internal sealed class GitSessions(GitRemote remote, TimeProvider clock)
{
    /// <summary>How GitHub is set up.</summary>
    public GitHubOptions Options => remote.Options;

    /// <summary>Runs the work in a session.</summary>
    /// <param name="repository">The repository that it is about.</param>
    /// <param name="purpose">The end of the sentence "GitHub was asked to ...".</param>
    /// <param name="work">What blocks.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<T> RunAsync<T>(Repository repository, string purpose, Func<GitSession, T> work, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Options.GitTimeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        var address = GitAddress.Of(Options.Root, repository);
        try
        {
            return await GitThread.RunAsync(() => work(new GitSession(remote, address, purpose, either.Token)), either.Token);
        }
        catch (OperationCanceledException error) when (!cancellationToken.IsCancellationRequested)
        {
            var call = new GitHubCallContext(GitOperations.Push, purpose);
            throw GitHubFailures.Lost(call, $"it was not done within {Options.GitTimeout.TotalSeconds:0.#} s", error);
        }
    }
}
