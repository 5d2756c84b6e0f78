namespace Idp.Kubernetes.Leases;

/// <summary>How a try for the lease ended.</summary>
internal enum LeaseState
{
    /// <summary>It is ours.</summary>
    Held,

    /// <summary>It is another's, who has shown a sign of life.</summary>
    HeldByOther,

    /// <summary>Somebody wrote at the same time; whose it is shows at the next try.</summary>
    Raced,
}
