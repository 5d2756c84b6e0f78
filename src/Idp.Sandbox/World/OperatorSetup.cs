using Idp.Sandbox.Proxy;

namespace Idp.Sandbox.World;

/// <summary>What one operator of a <see cref="Sandbox"/> has of its own.</summary>
public sealed record OperatorSetup
{
    /// <summary>Its name in the election; null for its own choice.</summary>
    public string? Identity { get; init; }

    /// <summary>More variables in its environment.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>More arguments of <c>run</c>.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>What stands between it and the API server; null for nothing.</summary>
    public FaultProxy? ApiServer { get; init; }

    /// <summary>What stands between it and GitHub's API; null for nothing.</summary>
    /// <remarks>It then reads a copy of the platform's settings, made when it starts.</remarks>
    public FaultProxy? GitHub { get; init; }
}
