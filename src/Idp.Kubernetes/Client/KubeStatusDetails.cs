namespace Idp.Kubernetes.Client;

/// <summary>What a refused request was about.</summary>
public sealed record KubeStatusDetails
{
    /// <summary>The object's name; empty when the answer is not about one object.</summary>
    public string Name { get => field ?? ""; init; }

    /// <summary>The object's group.</summary>
    public string Group { get => field ?? ""; init; }

    /// <summary>The object's kind; for a missing object the server says the plural here.</summary>
    public string Kind { get => field ?? ""; init; }

    /// <summary>Every single fault.</summary>
    public IReadOnlyList<KubeStatusCause> Causes { get => field ?? []; init; }

    /// <summary>How long the server asks to wait; 0 when it does not.</summary>
    public int RetryAfterSeconds { get; init; }
}
