namespace Idp.Kubernetes.Leases;

/// <summary>How a leader is elected; lease, deadline and retry are those of controller-runtime.</summary>
public sealed record LeaderElectionSettings
{
    /// <summary>The lease's namespace.</summary>
    public required string Namespace { get; init; }

    /// <summary>The lease's name.</summary>
    public required string Name { get; init; }

    /// <summary>Who we are; another one for every process, such as the pod's name.</summary>
    public required string Identity { get; init; }

    /// <summary>How long others wait after the last sign of life before they take over.</summary>
    public TimeSpan LeaseDuration { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a leader goes on without being able to renew; shorter than the lease, so that two never lead.</summary>
    public TimeSpan RenewDeadline { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often the leader renews.</summary>
    public TimeSpan RetryPeriod { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How often who waits looks at the lease: so much later than the leader may it see a sign of life.</summary>
    public TimeSpan PollPeriod { get; init; } = TimeSpan.FromMilliseconds(500);
}
