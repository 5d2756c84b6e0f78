namespace Idp.GitHub;

/// <content>What Git itself is asked for: whole commits with their files, and branches.</content>
public sealed partial class GitHubClient
{
    /// <summary>Fetches the last commits of these references with their files, and nothing older.</summary>
    /// <remarks>Two requests of Git's. See <see href="https://git-scm.com/docs/http-protocol"/>.</remarks>
    /// <param name="repository">The repository.</param>
    /// <param name="references">Full names, such as <c>refs/heads/main</c>; those that are not there are absent from what is fetched.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>What was fetched, on disk until it is disposed.</returns>
    /// <exception cref="AnswerTooLargeException">It is more than <see cref="GitHubOptions.FetchLimit"/>.</exception>
    public Task<FetchedRepository> FetchAsync(
        Repository repository, IReadOnlyList<string> references, CancellationToken cancellationToken) =>
        _fetcher.FetchAsync(repository, references, $"fetch {string.Join(", ", references)} of {repository.FullName}", cancellationToken);

    /// <summary>Makes a commit and puts it on a branch with one push; returns its SHA.</summary>
    /// <remarks>
    /// <para>
    /// Guarantees: nobody's work is lost in between, for the server compares where the branch stands with <see cref="BranchPush.Expected"/>; after a
    /// lost answer the same call ends in the same commit; where all stands as it is to be, nothing is sent. A commit that would change no file is
    /// not made: then the branch is set to the parent itself.
    /// </para>
    /// <para>
    /// Assumptions: the server moves the branch and what is pushed <see cref="BranchPush.Aside"/> together or not at all, if it is asked to, as GitHub
    /// says it does; one that does not say so may stop one and not the other.
    /// </para>
    /// </remarks>
    /// <exception cref="GitHubConflictException">The branch does not stand where it was thought to; fetch again.</exception>
    /// <exception cref="BranchProtectedException">A rule forbids it.</exception>
    /// <exception cref="GitHubValidationException">There is a folder where a file is to be, or the other way round.</exception>
    public Task<string> PushAsync(FetchedRepository fetched, BranchPush push, CancellationToken cancellationToken) =>
        _pusher.PushAsync(fetched, push, cancellationToken);

    /// <summary>Deletes a branch if it stands at that commit; one that is not there counts as deleted.</summary>
    /// <exception cref="GitHubConflictException">It stands elsewhere; somebody pushed to it.</exception>
    /// <exception cref="BranchProtectedException">A rule forbids it.</exception>
    public Task DeleteBranchAsync(Repository repository, string branch, string expected, CancellationToken cancellationToken) =>
        _pusher.DeleteAsync(repository, branch, expected, cancellationToken);
}
