namespace Idp.Operator.Repositories;

/// <summary>What was last seen of each repository, by the key of its owner, and until when that serves.</summary>
/// <remarks>
/// A look takes seconds, and meanwhile GitHub may tell that the repository changed. So what a look found is kept only if nothing was
/// forgotten since it began.
/// </remarks>
internal sealed class RepositoryCache(TimeProvider clock)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Look> _looks = new(StringComparer.Ordinal);

    /// <summary>What is remembered, old or not; null where there never was anything.</summary>
    public Look? Find(string key)
    {
        lock (_lock)
        {
            return _looks.GetValueOrDefault(key);
        }
    }

    /// <summary>What is remembered, if it is of that version and still serves; else null.</summary>
    public ObservedRepository? Recall(string key, string version) =>
        Find(key) is { State: LookState.Done } look && look.Version == version && clock.GetUtcNow() < look.Due ? look.Found : null;

    /// <summary>A fresh look begins: there is one per repository at a time.</summary>
    public void BeginLook(string key)
    {
        lock (_lock)
        {
            _looks[key] = new Look(LookState.UnderWay, "", default, _looks.GetValueOrDefault(key)?.Found);
        }
    }

    /// <summary>Keeps what a look found, for so long.</summary>
    public void Remember(string key, string version, ObservedRepository found, TimeSpan serves)
    {
        lock (_lock)
        {
            if (_looks.GetValueOrDefault(key) is { State: LookState.UnderWay })
            {
                _looks[key] = new Look(LookState.Done, version, clock.GetUtcNow() + serves, found);
            }
        }
    }

    /// <summary>Changes what is remembered, unless somebody wants a fresh look or one is under way.</summary>
    public void Amend(string key, Func<ObservedRepository, ObservedRepository> change)
    {
        lock (_lock)
        {
            if (_looks.GetValueOrDefault(key) is { State: LookState.Done, Found: { } found } look)
            {
                _looks[key] = look with { Found = change(found) };
            }
        }
    }

    /// <summary>Lets something serve without a look, for so long, unless somebody wants one.</summary>
    public void Serve(string key, string version, ObservedRepository known, TimeSpan serves)
    {
        lock (_lock)
        {
            if (_looks.GetValueOrDefault(key) is not { State: LookState.Asked })
            {
                _looks[key] = new Look(LookState.Done, version, clock.GetUtcNow() + serves, known);
            }
        }
    }

    /// <summary>Lets nothing serve that is remembered, nor what a look that is under way will find.</summary>
    public void Forget(string key)
    {
        lock (_lock)
        {
            _looks[key] = new Look(LookState.Asked, "", default, _looks.GetValueOrDefault(key)?.Found);
        }
    }

    /// <summary>Drops everything about a repository whose BackendApp is gone.</summary>
    public void Drop(string key)
    {
        lock (_lock)
        {
            _looks.Remove(key);
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
