using Idp.Entities;
using Idp.GitHub;
using Idp.Operator.Reporting;
using Idp.Operator.Repositories;

namespace Idp.Operator.GoldenPaths.Updates;

/// <summary>Brings one repository to what its golden path is now: by one pull request, which is made or brought up to date.</summary>
/// <remarks>
/// Every way through it can be repeated, whatever was done before: a branch that has these files already is not pushed to, and a pull request that is
/// open is not opened again. What people pushed to the branch is the beginning of the next merge, and is never overwritten.
/// </remarks>
internal sealed class GoldenPathUpdater(GitHubClient github, OwnershipKeys keys, DesiredUpdate desired, CommitAuthor author)
{
    /// <summary>The branch of the pull request.</summary>
    public const string Branch = "idp/golden-path";

    /// <summary>Keeps what merges begin with: no branch, so that nobody edits it, or deletes it with a pull request that is merged.</summary>
    public const string Memory = "refs/idp/golden-path";
    private const string BranchReference = $"refs/heads/{Branch}";

    /// <summary>Does it, and says what status is to remember.</summary>
    /// <exception cref="GitHubException">GitHub did not answer, or refused.</exception>
    public async Task<UpdateOutcome> BringAsync(Repository repository, CancellationToken cancellationToken)
    {
        var main = $"refs/heads/{repository.DefaultBranch}";
        using var fetched = await github.FetchAsync(repository, [main, BranchReference, Memory], cancellationToken);
        var newest = await github.PullRequests.FindNewestAsync(repository, Branch, cancellationToken);
        var state = new UpdateBranch(fetched.CommitOf(BranchReference), newest, desired.Known?.Update?.Commit);
        if (fetched.CommitOf(main) is not { } head)
        {
            return desired.Refused(new Problem(Reasons.TemplateLockInvalid, $"Branch {repository.DefaultBranch} of {repository.FullName} is empty."));
        }

        var (onMain, problem) = PlanOn(fetched, main, repository);
        if (onMain is null)
        {
            return desired.Refused(problem!);
        }

        if (!onMain.Plan.HasContent)
        {
            await EndAsync(repository, state, cancellationToken);
            return new UpdateOutcome(desired.Target, Current(onMain), null);
        }

        if (state.IsDeclined(desired.Target))
        {
            return new UpdateOutcome(desired.Target, Offered(onMain.From, onMain.Plan, newest!, state.Head), null) { PullRequest = newest };
        }

        var (start, begin) = (onMain, head);
        if (state.HasPeoplesWork && !IsAlready(fetched, onMain, main))
        {
            (var onBranch, problem) = PlanOn(fetched, BranchReference, repository);
            if (onBranch is null)
            {
                return desired.Refused(problem!);
            }

            (start, begin) = (onBranch with { From = onMain.From }, state.Head!);
        }

        var commit = await PushAsync(fetched, start, onMain, begin, state, cancellationToken);
        var pull = await ShowAsync(repository, onMain.From, start.Plan, newest, cancellationToken);
        return new UpdateOutcome(desired.Target, Offered(onMain.From, start.Plan, pull, commit), null) { PullRequest = pull };
    }

    /// <summary>Takes back a pull request that has become needless.</summary>
    /// <exception cref="GitHubException">GitHub did not answer, or refused.</exception>
    public async Task EndAsync(Repository repository, UpdateBranch state, CancellationToken cancellationToken)
    {
        if (state.Newest is { State: PullRequestState.Open } open)
        {
            // Without its sign: nobody declined what it brought.
            var taken = new PullRequestChange { State = PullRequestState.Closed, Body = UpdateText.TakenBack };
            await github.PullRequests.UpdateAsync(repository, open.Number, taken, cancellationToken);
        }

        if (state is { Head: { } head, HasPeoplesWork: false })
        {
            await github.DeleteBranchAsync(repository, Branch, head, cancellationToken);
        }
    }

    private (PlannedUpdate? Plan, Problem? Problem) PlanOn(FetchedRepository fetched, string reference, Repository repository)
    {
        var team = fetched.FilesOf(reference);
        var text = team.TryGetValue(GoldenPathLock.Path, out var file) ? fetched.Read(file.Blob) : null;
        var from = text is null ? null : GoldenPathLock.Read(System.Text.Encoding.UTF8.GetString(text));
        if (text is null && desired.Adopts)
        {
            from = GoldenPathLock.Nothing(desired.Target.Template, adopted: true);
        }
        else if (from?.IsSignedFor(repository.Id, keys) != true)
        {
            return (null, new Problem(Reasons.TemplateLockInvalid, NotOurs(repository, reference, text is null)));
        }

        if (from!.Files.Any(locked => locked.Blob.Length > 0 && !fetched.HasBlob(locked.Blob)))
        {
            // Somebody deleted what it was kept in; what is offered still can be made again.
            foreach (var file in desired.Render(from))
            {
                fetched.Keep(file.Content);
            }
        }

        var known = from.Files.Select(locked => locked.Path).ToHashSet(StringComparer.Ordinal);
        var plan = GoldenPathUpdatePlan.For(new UpdateInput
        {
            Lock = from,
            Target = desired.Target,
            Wanted = desired.Files(),
            Team = team,
            Moved = fetched.FindMoved(GoldenPathUpdatePlan.Missing(from, team), reference, known),
            Read = fetched.Read,
        });
        return (new PlannedUpdate(from, plan), null);
    }

    // A push whose answer got lost is there already: the same files on top of the same branch.
    private bool IsAlready(FetchedRepository fetched, PlannedUpdate planned, string main)
    {
        var wanted = fetched.FilesOf(main).ToDictionary();
        foreach (var path in planned.Plan.Deletions)
        {
            wanted.Remove(path);
        }

        foreach (var file in Writes(planned, fetched.Repository))
        {
            wanted[file.Path] = new TreeFile(FileMerge.BlobOf(file.Content), file.Executable ? TreeFileMode.Executable : TreeFileMode.Regular);
        }

        var there = fetched.FilesOf(BranchReference);
        return there.Count == wanted.Count && wanted.All(file => there.TryGetValue(file.Key, out var same) && same == file.Value);
    }

    private async Task<string> PushAsync(
        FetchedRepository fetched, PlannedUpdate planned, PlannedUpdate onMain, string parent, UpdateBranch state, CancellationToken cancellationToken)
    {
        var main = $"refs/heads/{fetched.Repository.DefaultBranch}";
        if (state.Head is not null && (IsAlready(fetched, onMain, main) || (state.HasPeoplesWork && !planned.Plan.HasContent)))
        {
            return state.Head;
        }

        return await github.PushAsync(
            fetched,
            new BranchPush
            {
                Branch = Branch,
                Expected = state.Head,
                Parent = parent,
                Files = Writes(planned, fetched.Repository),
                Deletions = planned.Plan.Deletions,
                Message = UpdateText.Message(planned.From, desired.Target, desired.BelongsTo),
                Author = author,
                Aside = new HiddenReference { Reference = Memory, Files = Bases(fetched, planned, onMain), Message = "What the golden path brought" },
            },
            cancellationToken);
    }

    private List<RepositoryFile> Writes(PlannedUpdate planned, Repository repository) =>
        [.. planned.Plan.Writes, RepositoryFile.Text(GoldenPathLock.Path, planned.Plan.Lock.SignFor(repository.Id, keys).ToFile())];

    // Those of the present lock stay until the pull request is merged, and if it never is.
    private static List<RepositoryFile> Bases(FetchedRepository fetched, PlannedUpdate planned, PlannedUpdate onMain)
    {
        var wanted = planned.Plan.Files.Where(file => file.Wanted is not null).Select(file => file.Wanted!.Value).DistinctBy(file => file.Blob).ToDictionary(file => file.Blob, file => file.Bytes);
        return
        [
            .. from blob in planned.Plan.Lock.Files.Concat(planned.From.Files).Concat(onMain.From.Files).Select(file => file.Blob).Distinct()
               let content = wanted.TryGetValue(blob, out var bytes) ? bytes : fetched.Read(blob)
               where blob.Length > 0 && content is not null
               select new RepositoryFile { Path = blob, Content = content.Value },
        ];
    }

    private async Task<PullRequest> ShowAsync(
        Repository repository, GoldenPathLock from, GoldenPathUpdatePlan plan, PullRequest? newest, CancellationToken cancellationToken)
    {
        var (title, body) = (UpdateText.Title(from, desired.Target), UpdateText.Body(from, plan, desired.BelongsTo));
        if (newest is not { State: PullRequestState.Open })
        {
            var request = new NewPullRequest { Title = title, Body = body, Head = Branch, Base = repository.DefaultBranch };
            return await github.PullRequests.CreateAsync(repository, request, cancellationToken);
        }

        // People may have written into it: only what says something else than before is written.
        return newest.Body.Contains(UpdateText.Sign(desired.Target), StringComparison.Ordinal) && newest.Title == title
            ? newest
            : await github.PullRequests.UpdateAsync(repository, newest.Number, new PullRequestChange { Title = title, Body = body }, cancellationToken);
    }

    private TemplateStatus Current(PlannedUpdate planned) => new()
    {
        Name = desired.Target.Template,
        Version = desired.Target.Version,
        Inputs = desired.Target.Inputs,
        Files = CountsOf(planned.Plan),
    };

    private TemplateStatus Offered(GoldenPathLock from, GoldenPathUpdatePlan plan, PullRequest pull, string? commit) => new()
    {
        Name = from.Template,
        Version = from.Version,
        Inputs = from.Inputs,
        Files = desired.Known?.Files,
        Update = new TemplateUpdateStatus
        {
            Version = desired.Target.Version,
            Inputs = desired.Target.Inputs,
            PullRequest = pull.Number,
            Url = pull.Url,
            IsOpen = pull.State == PullRequestState.Open,
            Commit = commit,
            Files = CountsOf(plan),
            Since = desired.Known?.Update is { } before && before.Version == desired.Target.Version ? before.Since : author.Date,
        },
    };

    private static IReadOnlyDictionary<string, int> CountsOf(GoldenPathUpdatePlan plan) =>
        plan.Counts.ToDictionary(count => count.Key.ToString(), count => count.Value);

    private static string NotOurs(Repository repository, string reference, bool isMissing) =>
        $"{GoldenPathLock.Path} on {reference["refs/heads/".Length..]} of {repository.FullName} {(isMissing ? "is gone" : "is not as the platform wrote it")}, so nothing is "
        + $"merged by it. Bring it back as it was: git log -- {GoldenPathLock.Path}; git checkout COMMIT -- {GoldenPathLock.Path}.";

    /// <summary>A plan with the lock that it begins with.</summary>
    private sealed record PlannedUpdate(GoldenPathLock From, GoldenPathUpdatePlan Plan);
}
