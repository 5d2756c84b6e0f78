namespace Idp.Operator.Commands;

/// <summary>What the command line of <c>plan</c> says.</summary>
internal sealed record PlanOptions
{
    /// <summary>Files, folders, or <c>-</c> for standard input.</summary>
    public required IReadOnlyList<string> Files { get; init; }

    /// <summary>The platform's settings; null to find them.</summary>
    public FileInfo? Platform { get; init; }

    /// <summary>Folders of golden paths; empty for those of the settings.</summary>
    public IReadOnlyList<string> GoldenPaths { get; init; } = [];

    /// <summary>The kubeconfig that was asked for by name.</summary>
    public FileInfo? Kubeconfig { get; init; }

    /// <summary>The context that was asked for by name.</summary>
    public string? Context { get; init; }

    /// <summary>The namespace that the operator runs in, with the ConfigMap of its settings.</summary>
    public required string OperatorNamespace { get; init; }

    /// <summary>Whether neither the cluster nor GitHub is asked.</summary>
    public bool Offline { get; init; }

    /// <summary>Whether a cluster was asked for by name: then it is an error where it cannot be reached.</summary>
    public bool NamesCluster => Kubeconfig is not null || Context is not null;
}
