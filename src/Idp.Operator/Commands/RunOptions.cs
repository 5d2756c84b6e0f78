using System.Net;

namespace Idp.Operator.Commands;

/// <summary>What the command line of <c>run</c> says.</summary>
internal sealed record RunOptions
{
    public required FileInfo Platform { get; init; }

    public FileInfo? Kubeconfig { get; init; }

    public string? Context { get; init; }

    public string Listen { get; init; } = "127.0.0.1:0";

    /// <summary>Where GitHub's webhook is served; null for nowhere.</summary>
    public IPEndPoint? WebhookListen { get; init; }

    public string? Identity { get; init; }

    public string? Namespace { get; init; }

    public bool Alone { get; init; }
}
