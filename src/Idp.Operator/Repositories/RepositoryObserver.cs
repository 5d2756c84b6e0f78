using Idp.GitHub;
using Idp.Operator.Settings;

namespace Idp.Operator.Repositories;

/// <summary>Looks at GitHub, no more often than needed.</summary>
/// <remarks>
/// A repository that was as wanted is looked at again when its BackendApp changes, when somebody asks, or after
/// <c>github.pollInterval</c>: reconciles that a child's status causes cost GitHub nothing.
/// </remarks>
public sealed class RepositoryObserver(GitHubAccess access, PlatformSettingsSource settings, TimeProvider clock)
{
    private readonly RepositoryMemory _memory = new(clock);

    /// <summary>Finds the repository by its id or, before there is one, by its name.</summary>
    /// <param name="desired">What is wanted.</param>
    /// <param name="version">Changes whenever a fresh look is due.</param>
    /// <param name="lives">Whether a BackendApp of that uid exists.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="GitHubException">GitHub did not answer, or refused.</exception>
    public async Task<ObservedRepository> ObserveAsync(
        DesiredRepository desired, string version, Func<string, bool> lives, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(desired);
        ArgumentNullException.ThrowIfNull(lives);
        var uid = desired.BelongsTo.Uid;
        if (_memory.Recall(uid, version, settings.Current.GitHub.PollEvery()) is { } known)
        {
            return known;
        }

        _memory.BeginLook(uid);
        var github = access.For(desired.Owner);
        var repository = desired.KnownId is { } id
            ? await github.FindRepositoryAsync(id, cancellationToken)
            : await github.FindRepositoryAsync(desired.Owner, desired.Name, cancellationToken);
        return repository is null ? ObservedRepository.None : await LookInsideAsync(github, repository, desired, lives, cancellationToken);
    }

    /// <summary>Keeps a look that found everything as wanted, so that the next reconcile need not ask.</summary>
    public void Remember(string ownerUid, string version, ObservedRepository repository) => _memory.Remember(ownerUid, version, repository);

    /// <summary>Makes the next look a fresh one, also where one is under way: what it finds may be older than what is known now.</summary>
    public void Forget(string ownerUid) => _memory.Forget(ownerUid);

    private static async Task<ObservedRepository> LookInsideAsync(
        GitHubClient github, Repository repository, DesiredRepository desired, Func<string, bool> lives, CancellationToken cancellationToken)
    {
        if (desired.KnownId == repository.Id && desired.KnownCommit is { } commit)
        {
            return new ObservedRepository { Repository = repository, Head = commit, IsLaid = true };
        }

        var head = await github.FindHeadAsync(repository, repository.DefaultBranch, cancellationToken);
        var file = head is null
            ? null
            : RepositoryMarker.Read(await github.ReadFileAsync(repository, RepositoryMarker.Path, head, cancellationToken));
        var marker = file ?? RepositoryMarker.ReadDescription(repository.Description);
        return new ObservedRepository
        {
            Repository = repository,
            Marker = marker,
            OwnerLives = marker is not null && lives(marker.OwnerUid),
            Head = head,
            IsLaid = file?.OwnerUid == desired.BelongsTo.Uid,
        };
    }
}
