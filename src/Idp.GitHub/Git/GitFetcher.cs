using LibGit2Sharp;

namespace Idp.GitHub;

/// <summary>Fetches the last commits of references into a store of their own.</summary>
internal sealed class GitFetcher(GitSessions sessions)
{
    /// <summary>Fetches these in one go; those that are not there are absent.</summary>
    public Task<FetchedRepository> FetchAsync(
        Repository repository, IReadOnlyList<string> references, string purpose, CancellationToken cancellationToken)
    {
        foreach (var reference in references)
        {
            GitHubNames.CheckReference(reference);
        }

        return sessions.RunAsync(
            repository,
            purpose,
            session =>
            {
                var store = ObjectStore.Open(sessions.Options.ObjectStore);
                try
                {
                    Fetch(store.Git, session, references);
                    store.Cut(session.Cut);
                    return new FetchedRepository(repository, store);
                }
                catch
                {
                    store.Dispose();
                    throw;
                }
            },
            cancellationToken);
    }

    private static void Fetch(LibGit2Sharp.Repository git, GitSession session, IReadOnlyList<string> references)
    {
        var options = new FetchOptions { TagFetchMode = TagFetchMode.None };
        var wanted = references.Select(name => $"+{name}:{name}");
        GitSubtransport.Run(session, () => Commands.Fetch(git, ObjectStore.Remote, wanted, options, logMessage: null));
    }
}
