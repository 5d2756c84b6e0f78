namespace Idp.Testing.Proxy;

/// <summary>A mishap for requests to come; its parts may be combined.</summary>
public sealed record ProxyFault
{
    /// <summary>Which requests it strikes.</summary>
    public Func<ProxiedRequest, bool> Matches { get; init; } = static _ => true;

    /// <summary>How many matching requests pass before it strikes.</summary>
    public int Skip { get; init; }

    /// <summary>How many requests it strikes.</summary>
    public int Times { get; init; } = 1;

    /// <summary>How long the request is held before anything else happens.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>What is answered in place of the server; null to ask the server.</summary>
    public ProxyAnswer? Answer { get; init; }

    /// <summary>Where the request is lost.</summary>
    public ProxyDrop Drop { get; init; }

    /// <summary>What becomes of a watch, step by step; after the last step it goes on undisturbed.</summary>
    public IReadOnlyList<WatchStep> Watch { get; init; } = [];
}
