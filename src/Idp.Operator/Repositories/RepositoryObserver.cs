using System.Collections.Concurrent;
using Idp.GitHub;

namespace Idp.Operator.Repositories;

/// <summary>Looks at GitHub, no more often than needed.</summary>
/// <remarks>
/// A repository that was as wanted is looked at again when its BackendApp changes, when somebody asks, or after
/// <see cref="Interval"/>: reconciles that a child's status causes cost GitHub nothing.
/// </remarks>
public sealed class RepositoryObserver(GitHubAccess access, TimeProvider clock)
{
    /// <summary>How long an observation of a repository in order serves.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, Remembered> _remembered = new();

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
        if (_remembered.TryGetValue(uid, out var known) && known.Version == version && clock.GetElapsedTime(known.Seen) < Interval)
        {
            return known.Repository;
        }

        var github = access.For(desired.Owner);
        var repository = desired.KnownId is { } id
            ? await github.FindRepositoryAsync(id, cancellationToken)
            : await github.FindRepositoryAsync(desired.Owner, desired.Name, cancellationToken);
        if (repository is null)
        {
            return ObservedRepository.None;
        }

        var observed = await LookInsideAsync(github, repository, desired, lives, cancellationToken);
        return MayBeOurs(desired, observed)
            ? observed with { Features = await new FeatureObserver(github.Administration, clock).LookAsync(repository, desired.Features, cancellationToken) }
            : observed;
    }

    /// <summary>Keeps a look that found everything as wanted, so that the next reconcile need not ask.</summary>
    public void Remember(string ownerUid, string version, ObservedRepository repository)
    {
        if (!_remembered.TryGetValue(ownerUid, out var known) || known.Repository != repository || known.Version != version)
        {
            _remembered[ownerUid] = new Remembered(version, clock.GetTimestamp(), repository);
        }
    }

    /// <summary>Makes the next look a fresh one.</summary>
    public void Forget(string ownerUid) => _remembered.TryRemove(ownerUid, out _);

    // What will not be written to need not be looked at.
    private static bool MayBeOurs(DesiredRepository desired, ObservedRepository observed) =>
        observed.Repository is { Archived: false } repository
        && (desired.AdoptIfUnowned || desired.KnownId == repository.Id || observed.Marker?.OwnerUid == desired.BelongsTo.Uid);

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

    private sealed record Remembered(string Version, long Seen, ObservedRepository Repository);
}
