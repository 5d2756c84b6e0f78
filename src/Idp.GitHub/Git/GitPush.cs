using LibGit2Sharp;

namespace Idp.GitHub;

/// <summary>One push: moves references, if each still stands where it was thought to.</summary>
/// <remarks>
/// libgit2 sends as the old value what the server told at the beginning of that push. So what was told is compared with what is expected
/// before anything is sent, and the server compares what was sent with what is there then: nobody's work is lost in between.
/// </remarks>
/// <param name="git">Holds the commits.</param>
/// <param name="session">The way to GitHub.</param>
internal sealed class GitPush(LibGit2Sharp.Repository git, GitSession session)
{
    private readonly List<(string Reference, string Status)> _refusals = [];
    private GitHubException? _objection;

    /// <summary>Makes these updates, unless they are found to be made already.</summary>
    /// <param name="updates">What to do.</param>
    /// <param name="may">Says by where a reference stands (null for nowhere) whether its update is to be made; throws where none must be.</param>
    public void Run(IReadOnlyList<GitUpdate> updates, Func<GitUpdate, string?, bool> may)
    {
        // A push cannot be made smaller once it has begun: it begins again with what is left to do.
        for (var left = updates; left.Count > 0;)
        {
            left = Attempt(left, may);
        }
    }

    /// <summary>Returns what is to be done instead; nothing after a push.</summary>
    private IReadOnlyList<GitUpdate> Attempt(IReadOnlyList<GitUpdate> updates, Func<GitUpdate, string?, bool> may)
    {
        IReadOnlyList<GitUpdate> wanted = updates;
        var options = new PushOptions
        {
            PackbuilderDegreeOfParallelism = 1,
            OnPushStatusError = error => _refusals.Add((error.Reference, error.Message)),
            OnNegotiationCompletedBeforePush = told =>
            {
                wanted = Wanted(updates, told, may);
                return _objection is null && wanted.Count == updates.Count;
            },
        };
        try
        {
            GitSubtransport.Run(session, () => git.Network.Push(git.Network.Remotes[ObjectStore.Remote], updates.Select(update => update.Refspec), options));
        }
        catch (UserCancelledException) when (_objection is null)
        {
            return wanted;
        }
        catch (UserCancelledException)
        {
            throw _objection!;
        }

        if (_refusals.Count == 0)
        {
            return [];
        }

        var (reference, status) = _refusals.OrderBy(refusal => AtomicPush.IsFollowed(refusal.Status)).First();
        throw PushRules.Refused(updates.First(update => update.Reference == reference), status, session.ServerMessages);
    }

    private IReadOnlyList<GitUpdate> Wanted(IReadOnlyList<GitUpdate> updates, IEnumerable<PushUpdate> told, Func<GitUpdate, string?, bool> may)
    {
        var stands = told.ToDictionary(each => each.DestinationRefName, each => ShaOf(each.SourceObjectId), StringComparer.Ordinal);
        try
        {
            return [.. updates.Where(update => may(update, stands.GetValueOrDefault(update.Reference)))];
        }
        catch (GitHubException error)
        {
            _objection = error;
            return [];
        }
    }

    private static string? ShaOf(ObjectId id) => id == ObjectId.Zero ? null : id.Sha;
}
