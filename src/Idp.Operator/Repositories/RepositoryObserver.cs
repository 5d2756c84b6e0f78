using Idp.GitHub;
using Idp.Operator.GoldenPaths.Updates;
using Idp.Operator.Repositories.Features;
using Idp.Operator.Settings;

namespace Idp.Operator.Repositories;

/// <summary>Looks at GitHub, no more often than needed.</summary>
/// <remarks>
/// A repository that was as wanted is looked at again when its BackendApp changes, when somebody asks, or after
/// <c>github.pollInterval</c>: reconciles that a child's status causes cost GitHub nothing.
/// </remarks>
public sealed class RepositoryObserver(GitHubAccess access, IOwnershipRecords ownership, PlatformSettingsSource settings, TimeProvider clock)
{
    /// <summary>How long a look that nobody waits for is put off where GitHub's limits leave nothing for it.</summary>
    private static readonly TimeSpan PutOff = TimeSpan.FromMinutes(1);

    private readonly RepositoryCache _cache = new(clock);

    /// <summary>Whether what status says of a repository in order serves until its next look is due; else there is a look at once.</summary>
    public bool TrustsStatus { get; init; } = true;

    /// <summary>Finds the repository by its id or, before there is one, by its name; or knows it from before.</summary>
    /// <remarks>
    /// A look that a person waits for, after a change of the manifest, is made at once. All others are spread over
    /// <c>github.pollInterval</c>, also after a start, and wait while GitHub's limits are nearly used up.
    /// </remarks>
    /// <param name="desired">What is wanted.</param>
    /// <param name="version">Changes whenever a fresh look is due.</param>
    /// <param name="rights">What the cluster says at this moment; also of what is remembered.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="GitHubException">GitHub did not answer, or refused.</exception>
    /// <exception cref="OwnershipUnknownException">The operator's own records cannot be had.</exception>
    public async Task<ObservedRepository> ObserveAsync(
        DesiredRepository desired, string version, IRepositoryRights rights, CancellationToken cancellationToken)
    {
        var key = desired.BelongsTo.Key;
        if (_cache.Recall(key, version) is { } served)
        {
            return Judged(served, rights);
        }

        var known = _cache.Find(key);
        if (TrustsStatus && desired.Recorded is { } recorded && Waits(desired, known) is { } wait)
        {
            var assumed = known?.Found ?? recorded;
            _cache.Serve(key, version, assumed, wait);
            return Judged(assumed, rights);
        }

        _cache.BeginLook(key);
        return known?.Found is { Repository: { ETag: not null } before, IsRecorded: false } whole && before.Id == desired.KnownId
            ? await RefreshAsync(whole, before, desired, rights, cancellationToken)
            : await LookAsync(desired, rights, cancellationToken);
    }

    /// <summary>The same, but that GitHub does not answer is a part of what was seen: all else is to be seen and told all the same.</summary>
    public async Task<ObservedRepository> TryObserveAsync(
        DesiredRepository desired, string version, IRepositoryRights rights, CancellationToken cancellationToken)
    {
        try
        {
            return await ObserveAsync(desired, version, rights, cancellationToken);
        }
        catch (OwnershipUnknownException error)
        {
            return ObservedRepository.None with { Unknown = GitHubProblems.Of(error) };
        }
        catch (GitHubException error)
        {
            return ObservedRepository.None with { Unknown = GitHubProblems.Of(error, clock.GetUtcNow()) };
        }
    }

    /// <summary>Asks GitHub, whatever is known.</summary>
    /// <exception cref="GitHubException">GitHub did not answer, or refused.</exception>
    /// <exception cref="OwnershipUnknownException">The operator's own records cannot be had.</exception>
    public async Task<ObservedRepository> LookAsync(
        DesiredRepository desired, IRepositoryRights rights, CancellationToken cancellationToken)
    {
        var github = access.For(desired.Owner);
        var repository = desired.KnownId is { } id
            ? await github.FindRepositoryAsync(id, cancellationToken)
            : await github.FindRepositoryAsync(desired.Owner, desired.Name, cancellationToken);
        return repository is null
            ? ObservedRepository.None
            : await WithFeaturesAsync(
                github, await LookInsideAsync(github, repository, desired, rights, cancellationToken), desired, cancellationToken);
    }

    /// <summary>How long what is remembered of the repository serves.</summary>
    public TimeSpan NextLook(RepositoryOwner owner) =>
        _cache.Find(owner.Key) is { State: LookState.Done } look && look.Due > clock.GetUtcNow() ? look.Due - clock.GetUtcNow() : PutOff;

    /// <summary>Keeps a look that found everything as wanted, so that the next reconcile need not ask.</summary>
    public void Remember(RepositoryOwner owner, string version, ObservedRepository repository) =>
        _cache.Remember(owner.Key, version, repository, settings.Current.GitHub.PollEvery());

    /// <summary>Adds to what is remembered of a repository what was done to it since, unless somebody wants a fresh look.</summary>
    public void Amend(RepositoryOwner owner, Func<ObservedRepository, ObservedRepository> change) => _cache.Amend(owner.Key, change);

    /// <summary>
    /// Makes the next look at a BackendApp's repositories a fresh one, also where one is under way: what it finds may be older
    /// than what is known now.
    /// </summary>
    public void Forget(string ownerUid)
    {
        foreach (var key in RepositoryOwner.KeysOf(ownerUid))
        {
            _cache.Forget(key);
        }
    }

    /// <summary>Forgets a BackendApp that is gone.</summary>
    /// <param name="ownerUid">Its uid.</param>
    /// <param name="organisation">Whose repositories it wanted.</param>
    public void Drop(string ownerUid, string organisation)
    {
        foreach (var key in RepositoryOwner.KeysOf(ownerUid))
        {
            _cache.Drop(key);
            access.Leave(organisation, key);
        }
    }

    /// <summary>How long a look can wait that nobody waits for; null where it is made now.</summary>
    private TimeSpan? Waits(DesiredRepository desired, RepositoryCache.Look? known)
    {
        if (known is null)
        {
            // Just started: not everything is asked for in the first second.
            var share = (uint)desired.BelongsTo.Uid.GetHashCode(StringComparison.Ordinal) / (double)uint.MaxValue;
            return settings.Current.GitHub.PollEvery() * share;
        }

        return known.State != LookState.Done || access.For(desired.Owner).Budget.AllowsBackground ? null : PutOff;
    }

    private async Task<ObservedRepository> RefreshAsync(
        ObservedRepository whole, Repository before, DesiredRepository desired, IRepositoryRights rights, CancellationToken cancellationToken)
    {
        var github = access.For(desired.Owner);
        var now = await github.RefreshRepositoryAsync(before, cancellationToken);
        if (now is null)
        {
            return ObservedRepository.None;
        }

        var seen = ReferenceEquals(now, before) ? Judged(whole, rights) : await LookInsideAsync(github, now, desired, rights, cancellationToken);
        return await WithFeaturesAsync(github, seen, desired, cancellationToken);
    }

    // What a repository is beyond its files changes without the repository itself.
    private async Task<ObservedRepository> WithFeaturesAsync(
        GitHubClient github, ObservedRepository observed, DesiredRepository desired, CancellationToken cancellationToken) =>
        observed.Repository is { } repository && MayBeOurs(desired, observed)
            ? await WithPullRequestAsync(github, observed with
            {
                Features = await ObservedFeatures.LookAsync(desired.Features, github.Administration, repository, clock, cancellationToken),
                Update = null,
            }, repository, desired, cancellationToken)
            : observed;

    private static async Task<ObservedRepository> WithPullRequestAsync(
        GitHubClient github, ObservedRepository observed, Repository repository, DesiredRepository desired, CancellationToken cancellationToken)
    {
        var pull = desired.KnownTemplate?.Update is { PullRequest: > 0 and var number }
            ? await github.PullRequests.GetAsync(repository, number, cancellationToken)
            : null;
        return observed with
        {
            PullRequest = pull,
            Checks = pull is { State: PullRequestState.Open }
                ? await github.PullRequests.FindChecksAsync(repository, pull.HeadSha, cancellationToken)
                : ChecksState.None,
        };
    }

    // What will not be written to need not be looked at.
    private static bool MayBeOurs(DesiredRepository desired, ObservedRepository observed) =>
        observed is { Objection: null, ProvenOf: null, Repository.Archived: false } && (observed.IsProven || desired.AdoptIfUnowned);

    private static ObservedRepository Judged(ObservedRepository observed, IRepositoryRights rights) =>
        observed.Repository is { } repository ? observed with { Objection = rights.ObjectionTo(repository) } : observed;

    private async Task<ObservedRepository> LookInsideAsync(
        GitHubClient github, Repository repository, DesiredRepository desired, IRepositoryRights rights, CancellationToken cancellationToken)
    {
        var isKnown = desired.KnownId == repository.Id;
        var seen = Judged(new ObservedRepository { Repository = repository, IsProven = isKnown }, rights);
        if (isKnown && desired.KnownCommit is { } commit)
        {
            return seen with { Head = commit, IsLaid = true };
        }

        // An old name leads to wherever the repository is now: with another owner it is none of ours to read.
        return seen.Objection is null && (isKnown || string.Equals(repository.Owner, desired.Owner, StringComparison.OrdinalIgnoreCase))
            ? await WithProofAsync(github, seen, repository, desired, rights, cancellationToken)
            : seen;
    }

    private async Task<ObservedRepository> WithProofAsync(
        GitHubClient github,
        ObservedRepository seen,
        Repository repository,
        DesiredRepository desired,
        IRepositoryRights rights,
        CancellationToken cancellationToken)
    {
        var keys = await ownership.GetKeysAsync(cancellationToken);
        var adopter = await ownership.FindAdopterAsync(repository.Id, cancellationToken);
        var head = await github.FindHeadAsync(repository, repository.DefaultBranch, cancellationToken);
        var marker = head is null
            ? null
            : RepositoryMarker.Read(await github.ReadFileAsync(repository, RepositoryMarker.Path, head, RepositoryMarker.MaxBytes, cancellationToken));
        var owner = ProvenOwner.Find(repository, marker, adopter, keys);
        var isOurs = seen.IsProven || owner?.Is(desired.BelongsTo) == true;
        var brought = isOurs && marker is not null
            ? GoldenPathLock.Read(await github.ReadFileAsync(repository, GoldenPathLock.Path, head, GoldenPathLock.MaxBytes, cancellationToken))
            : null;
        return seen with
        {
            Marker = marker,
            IsProven = isOurs,
            ProvenOf = !isOurs && owner is not null && rights.Exists(owner.Name) ? owner.Name : null,
            Adopter = adopter,
            Head = head,
            Lock = brought?.IsSignedFor(repository.Id, keys) == true ? brought : null,
            IsLaid = isOurs && marker is not null && marker.IsSignedFor(repository.Id, keys) && new ProvenOwner(marker.Owner, marker.Role).Is(desired.BelongsTo),
        };
    }
}
