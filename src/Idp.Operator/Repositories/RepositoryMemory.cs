namespace Idp.Operator.Repositories;

/// <summary>What was last seen of each repository, by the uid of its BackendApp.</summary>
/// <remarks>
/// A look takes seconds, and meanwhile GitHub may tell that the repository changed. So what a look found is kept only if nothing was
/// forgotten since it began.
/// </remarks>
internal sealed class RepositoryMemory(TimeProvider clock)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Look> _looks = new(StringComparer.Ordinal);

    /// <summary>What is remembered, if it is of that version and no older than that; else null.</summary>
    public ObservedRepository? Recall(string uid, string version, TimeSpan maxAge)
    {
        lock (_lock)
        {
            return _looks.TryGetValue(uid, out var look) && look.Version == version && clock.GetElapsedTime(look.Seen) < maxAge
                ? look.Found
                : null;
        }
    }

    /// <summary>A fresh look begins: there is one per BackendApp at a time.</summary>
    public void BeginLook(string uid)
    {
        lock (_lock)
        {
            _looks[uid] = new Look("", 0, null);
        }
    }

    /// <summary>Keeps what a look found; its age counts from when it was new.</summary>
    public void Remember(string uid, string version, ObservedRepository found)
    {
        lock (_lock)
        {
            if (_looks.TryGetValue(uid, out var look) && (look.Found != found || look.Version != version))
            {
                _looks[uid] = new Look(version, clock.GetTimestamp(), found);
            }
        }
    }

    /// <summary>Forgets what is remembered, and what a look that is under way will find.</summary>
    public void Forget(string uid)
    {
        lock (_lock)
        {
            _looks.Remove(uid);
        }
    }

    private sealed record Look(string Version, long Seen, ObservedRepository? Found);
}
