using Idp.Kubernetes.Client;
using Idp.Sandbox.GitHub;
using Idp.Sandbox.StandIns;
using Idp.Sandbox.StandIns.Hosting;
using Microsoft.Extensions.Logging;

namespace Idp.Sandbox.World;

/// <summary>What a <see cref="Sandbox"/> is made of, once it runs.</summary>
internal sealed record SandboxParts
{
    public required ControlPlane.ControlPlane ControlPlane { get; init; }

    public required GitHubServer GitHub { get; init; }

    public required KubeClient Client { get; init; }

    public required Kubectl Kubectl { get; init; }

    public required ServedKinds Kinds { get; init; }

    public required StandInSet? StandIns { get; init; }

    public required ILoggerFactory Loggers { get; init; }
}
