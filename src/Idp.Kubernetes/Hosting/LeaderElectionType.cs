using System.Diagnostics.CodeAnalysis;

namespace Idp.Kubernetes.Hosting;

/// <summary>Whether several replicas agree on one that works.</summary>
public enum LeaderElectionType
{
    /// <summary>Every process works: for one that runs alone, such as on a laptop.</summary>
    None,

    /// <summary>One replica works, the others stand by with warm caches.</summary>
    [SuppressMessage("Naming", "CA1720", Justification = "KubeOps' name.")]
    Single,
}
