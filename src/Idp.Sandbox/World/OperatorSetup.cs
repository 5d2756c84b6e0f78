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

    /// <summary>The path of its kubeconfig; null for that of its account.</summary>
    public string? Kubeconfig { get; init; }

    /// <summary>The path of its settings; null for those of the sandbox.</summary>
    public string? PlatformPath { get; init; }
}
