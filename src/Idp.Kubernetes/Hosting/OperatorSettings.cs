namespace Idp.Kubernetes.Hosting;

/// <summary>How an operator runs; set while it is composed.</summary>
public sealed class OperatorSettings
{
    /// <summary>The operator's name, a DNS label: of its lease, its events and its requests.</summary>
    public string Name { get; set => field = NotEmpty(value); } = "kubernetes-operator";

    /// <summary>The operator's version; of its requests.</summary>
    public string Version { get; set; } = "0";

    /// <summary>What every request is signed with: name, version and identity.</summary>
    public string UserAgent => Client.UserAgent.Of(Name, Version, Identity);

    /// <summary>The namespace of the lease; null for the one that the operator runs in.</summary>
    public string? Namespace { get; set; }

    /// <summary>Whether replicas elect a leader.</summary>
    public LeaderElectionType LeaderElectionType { get; set; } = LeaderElectionType.None;

    /// <summary>Which process this is: the pod's name, and something of its own, since a pod's name may come again.</summary>
    public string Identity { get; set => field = NotEmpty(value); } =
        $"{Environment.MachineName[..Math.Min(Environment.MachineName.Length, 40)]}-{Guid.NewGuid().ToString("N")[..8]}";

    /// <summary>How long running reconciles may take to end when the process stops; less than the pod's grace period.</summary>
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(25);

    /// <summary>
    /// How long cancelled work may take to end when the leadership is lost, before the process gives up; less than lease duration minus renew
    /// deadline.
    /// </summary>
    public TimeSpan LeadershipGrace { get; set; } = TimeSpan.FromSeconds(5);

    private static string NotEmpty(string value) => value.Length > 0 ? value : throw new ArgumentException("An operator has a name, and an identity.");
}

/// <summary>Whether several replicas agree on one that works.</summary>
public enum LeaderElectionType
{
    /// <summary>Every process works: for one that runs alone, such as on a laptop.</summary>
    None,

    /// <summary>One replica works, the others stand by with warm caches.</summary>
    Single,
}
