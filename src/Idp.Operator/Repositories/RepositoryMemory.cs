namespace Idp.Operator.Repositories;

/// <summary>What was last seen of each repository, by the uid of its BackendApp, and until when that serves.</summary>
/// <remarks>
/// A look takes seconds, and meanwhile GitHub may tell that the repository changed. So what a look found is kept only if nothing was
/// forgotten since it began.
/// </remarks>
internal sealed class RepositoryMemory(TimeProvider clock)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Look> _looks = new(StringComparer.Ordinal);

    /// <summary>What is remembered, old or not; null where there never was anything.</summary>
    public Look? Find(string uid)
    {
        lock (_lock)
        {
            return _looks.GetValueOrDefault(uid);
        }
    }

    /// <summary>What is remembered, if it is of that version and still serves; else null.</summary>
    public ObservedRepository? Recall(string uid, string version) =>
        Find(uid) is { State: LookState.Done } look && look.Version == version && clock.GetUtcNow() < look.Due ? look.Found : null;

    /// <summary>A fresh look begins: there is one per BackendApp at a time.</summary>
    public void BeginLook(string uid)
    {
        lock (_lock)
        {
            _looks[uid] = new Look(LookState.UnderWay, "", default, _looks.GetValueOrDefault(uid)?.Found);
        }
    }

    /// <summary>Keeps what a look found, for so long.</summary>
    public void Remember(string uid, string version, ObservedRepository found, TimeSpan serves)
    {
        lock (_lock)
        {
            if (_looks.GetValueOrDefault(uid) is { State: LookState.UnderWay })
            {
                _looks[uid] = new Look(LookState.Done, version, clock.GetUtcNow() + serves, found);
            }
        }
    }

    /// <summary>Lets something serve without a look, for so long, unless somebody wants one.</summary>
    public void Serve(string uid, string version, ObservedRepository known, TimeSpan serves)
    {
        lock (_lock)
        {
            if (_looks.GetValueOrDefault(uid) is not { State: LookState.Asked })
            {
                _looks[uid] = new Look(LookState.Done, version, clock.GetUtcNow() + serves, known);
            }
        }
    }

    /// <summary>Lets nothing serve that is remembered, nor what a look that is under way will find.</summary>
    public void Forget(string uid)
    {
        lock (_lock)
        {
            _looks[uid] = new Look(LookState.Asked, "", default, _looks.GetValueOrDefault(uid)?.Found);
        }
    }

    /// <summary>Drops everything about a BackendApp that is gone.</summary>
    public void Drop(string uid)
    {
        lock (_lock)
        {
            _looks.Remove(uid);
        }
    }

    /// <summary>One look.</summary>
    /// <param name="State">How far it is.</param>
    /// <param name="Version">What it was made for.</param>
    /// <param name="Due">When the next one is due.</param>
    /// <param name="Found">What was seen; null before the first look ended.</param>
    internal sealed record Look(LookState State, string Version, DateTimeOffset Due, ObservedRepository? Found);
}

/// <summary>How far a look at GitHub is.</summary>
internal enum LookState
{
    /// <summary>Somebody wants one: a person, or GitHub by its webhook.</summary>
    Asked,

    /// <summary>It is being made.</summary>
    UnderWay,

    /// <summary>It is made, and serves for a while.</summary>
    Done,
}
