using System.Diagnostics.CodeAnalysis;

namespace Idp.Kubernetes.Hosting;

/// <summary>How an operator runs; changed with the <c>With…</c> methods while it is composed.</summary>
public sealed class OperatorSettings
{
    /// <summary>The operator's name: of its lease, its events and its requests.</summary>
    public string Name { get; private set; } = "kubernetes-operator";

    /// <summary>The operator's version; of its requests.</summary>
    public string Version { get; private set; } = "0";

    /// <summary>What every request is signed with: name, version and identity.</summary>
    public string UserAgent => Client.UserAgent.Of(Name, Version, Identity);

    /// <summary>The namespace of the lease; null for the one that the operator runs in.</summary>
    public string? Namespace { get; private set; }

    /// <summary>Whether replicas elect a leader.</summary>
    public LeaderElectionType LeaderElectionType { get; private set; } = LeaderElectionType.None;

    /// <summary>Which process this is: the pod's name, and something of its own, since a pod's name may come again.</summary>
    public string Identity { get; private set; } =
        $"{Environment.MachineName[..Math.Min(Environment.MachineName.Length, 40)]}-{Guid.NewGuid().ToString("N")[..8]}";

    /// <summary>How long running reconciles may take to end when the process stops.</summary>
    public TimeSpan DrainTimeout { get; private set; } = TimeSpan.FromSeconds(25);

    /// <summary>How long cancelled work may take to end when the leadership is lost, before the process gives up.</summary>
    public TimeSpan LeadershipGrace { get; private set; } = TimeSpan.FromSeconds(5);

    /// <summary>Names the operator.</summary>
    /// <param name="name">A DNS label.</param>
    public OperatorSettings WithName(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Name = name;
        return this;
    }

    /// <summary>Says which version of the operator this is.</summary>
    /// <param name="version">Such as <c>0.1.0</c>.</param>
    public OperatorSettings WithVersion(string version)
    {
        ArgumentException.ThrowIfNullOrEmpty(version);
        Version = version;
        return this;
    }

    /// <summary>Says which process this is.</summary>
    /// <param name="identity">Of this process alone.</param>
    public OperatorSettings WithIdentity(string identity)
    {
        ArgumentException.ThrowIfNullOrEmpty(identity);
        Identity = identity;
        return this;
    }

    /// <summary>Says where the lease lives.</summary>
    /// <param name="namespace">A namespace.</param>
    public OperatorSettings WithNamespace(string? @namespace)
    {
        Namespace = @namespace;
        return this;
    }

    /// <summary>Says whether replicas elect a leader.</summary>
    /// <param name="type">The way.</param>
    public OperatorSettings WithLeaderElection(LeaderElectionType type = LeaderElectionType.Single)
    {
        LeaderElectionType = type;
        return this;
    }

    /// <summary>Says how long running reconciles may take to end.</summary>
    /// <param name="onShutdown">When the process stops; less than the pod's grace period.</param>
    /// <param name="onLeadershipLost">When the leadership is lost; less than lease duration minus renew deadline.</param>
    public OperatorSettings WithDeadlines(TimeSpan onShutdown, TimeSpan onLeadershipLost)
    {
        (DrainTimeout, LeadershipGrace) = (onShutdown, onLeadershipLost);
        return this;
    }
}

/// <summary>Whether several replicas agree on one that works.</summary>
public enum LeaderElectionType
{
    /// <summary>Every process works: for one that runs alone, such as on a laptop.</summary>
    None,

    /// <summary>One replica works, the others stand by with warm caches.</summary>
    [SuppressMessage("Naming", "CA1720", Justification = "KubeOps' name.")]
    Single,
}
