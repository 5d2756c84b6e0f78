namespace Idp.Sandbox.GitHub;

/// <summary>
/// A repository of the server: its state, its Git half, and the lock under which requests take turns.
/// </summary>
internal sealed class StoredRepository(RepositoryState state, GitRepository git)
{
    public RepositoryState State { get; set; } = state;

    public GitRepository Git { get; } = git;

    public SemaphoreSlim Turn { get; } = new(1, 1);
}
