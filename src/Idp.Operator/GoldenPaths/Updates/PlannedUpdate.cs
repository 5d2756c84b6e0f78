using System.Text;
using Idp.Entities;
using Idp.GitHub;
using Idp.Operator.Reporting;
using Idp.Operator.Repositories;

namespace Idp.Operator.GoldenPaths.Updates;

/// <summary>What is to be changed on top of one branch of a repository.</summary>
/// <param name="Start">The branch that it is made from, as a full reference.</param>
/// <param name="From">The lock that stands there.</param>
/// <param name="Plan">What is to be changed.</param>
/// <param name="Files">What is written: the files and the lock, signed.</param>
internal sealed record PlannedUpdate(string Start, GoldenPathLock From, GoldenPathUpdatePlan Plan, IReadOnlyList<RepositoryFile> Files)
{
    /// <summary>Compares a branch with what is wanted; a lock that is not the operator's is a problem, and nothing is merged by it.</summary>
    public static (PlannedUpdate? Update, Problem? Problem) Of(FetchedRepository fetched, string start, DesiredUpdate desired, OwnershipKeys keys)
    {
        var (repository, team) = (fetched.Repository, fetched.FilesOf(start));
        var text = team.TryGetValue(GoldenPathLock.Path, out var file) && file.IsPlain ? fetched.Read(file.Blob) : null;
        var from = text is null && desired.Adopts
            ? GoldenPathLock.Nothing(desired.Target.Template, adopted: true)
            : text is { Length: <= GoldenPathLock.MaxBytes } && GoldenPathLock.Read(Encoding.UTF8.GetString(text)) is { } found && found.IsSignedFor(repository.Id, keys)
                ? found
                : null;
        if (from is null)
        {
            return (null, new Problem(Reasons.TemplateLockInvalid, NotOurs(repository, start, text is null), IsTerminal: false));
        }

        Recall(fetched, desired, from);
        var known = from.Files.Select(locked => locked.Path).ToHashSet(StringComparer.Ordinal);
        var plan = GoldenPathUpdatePlan.For(new UpdateInput
        {
            Lock = from,
            Target = desired.Target,
            Wanted = desired.Files(),
            Team = team,
            Moved = fetched.FindMoved(GoldenPathUpdatePlan.Missing(from, team), start, known),
            Read = fetched.Read,
        });
        return (new PlannedUpdate(start, from, plan, [.. plan.Writes, RepositoryFile.Text(GoldenPathLock.Path, plan.Lock.SignFor(repository.Id, keys).ToFile())]), null);
    }

    /// <summary>Whether a branch holds exactly what comes of this: then a push whose answer got lost was made.</summary>
    public bool IsOn(FetchedRepository fetched, string reference)
    {
        var wanted = fetched.FilesOf(Start).ToDictionary();
        foreach (var path in Plan.Deletions)
        {
            wanted.Remove(path);
        }

        foreach (var file in Files)
        {
            wanted[file.Path] = new TreeFile(FileMerge.BlobOf(file.Content), file.Executable ? TreeFileMode.Executable : TreeFileMode.Regular);
        }

        var there = fetched.FilesOf(reference);
        return there.Count == wanted.Count && wanted.All(file => there.TryGetValue(file.Key, out var same) && same == file.Value);
    }

    /// <summary>All that later merges may begin with: what is brought, and what a lock says that was.</summary>
    public IReadOnlyList<RepositoryFile> BasesWith(FetchedRepository fetched, GoldenPathLock other)
    {
        foreach (var wanted in Plan.Files.Select(file => file.Wanted).OfType<FileContent>())
        {
            fetched.Keep(wanted.Bytes);
        }

        return
        [
            .. from blob in Plan.Lock.Files.Concat(From.Files).Concat(other.Files).Select(file => file.Blob).Distinct()
               let content = blob.Length > 0 ? fetched.Read(blob) : null
               where content is not null
               select new RepositoryFile { Path = blob, Content = content },
        ];
    }

    // Where somebody deleted what keeps them, what is still offered can be made again.
    private static void Recall(FetchedRepository fetched, DesiredUpdate desired, GoldenPathLock from)
    {
        if (from.Files.Any(locked => locked.Blob.Length > 0 && !fetched.HasBlob(locked.Blob)))
        {
            foreach (var old in desired.Render(from))
            {
                fetched.Keep(old.Content);
            }
        }
    }

    private static string NotOurs(Repository repository, string reference, bool isMissing) =>
        $"{GoldenPathLock.Path} on {reference["refs/heads/".Length..]} of {repository.FullName} {(isMissing ? "is gone" : "is not as the platform wrote it")}, so nothing is "
        + $"merged by it. Bring it back as it was: git log -- {GoldenPathLock.Path}; git checkout COMMIT -- {GoldenPathLock.Path}.";
}

/// <summary>The branch of an update, and whose what stands on it is.</summary>
/// <param name="Head">Its commit; null where there is no such branch.</param>
/// <param name="Newest">The newest pull request from it.</param>
/// <param name="Ours">The commit that the operator pushed last, by status.</param>
internal sealed record UpdateBranch(string? Head, PullRequest? Newest, string? Ours)
{
    /// <summary>Whether something may be lost with what stands there. What was merged is in the other branch.</summary>
    public bool HasPeoplesWork => Head is not null && Head != Ours && !(Newest is { State: PullRequestState.Merged } && Newest.HeadSha == Head);

    /// <summary>Whether people closed the pull request that brings the very same.</summary>
    public bool IsDeclined(RenderedFor target) =>
        Newest is { State: PullRequestState.Closed } && Newest.Body.Contains(UpdateText.Sign(target), StringComparison.Ordinal);
}
