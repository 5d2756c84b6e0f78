using Idp.Kubernetes.Model;

namespace Idp.Sandbox.StandIns;

/// <summary>Everything that a stand-in may know when it looks at one object, so that its answer is a pure function.</summary>
internal sealed record Moment
{
    /// <summary>The time.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>How the rest of the world is seen: the object, or null.</summary>
    public required Func<ResourceKind, ObjectKey, KubeObject?> Find { get; init; }

    /// <summary>How long each state of progress stays visible; zero jumps to the end.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>The script of what shall go wrong.</summary>
    public Faults Faults { get; init; } = new();

    /// <summary>A new secret-looking value with each call.</summary>
    public Func<string> RandomValue { get; init; } = FakeValue.New;

    /// <summary>The time as Kubernetes writes it.</summary>
    public string Timestamp => Stamp(Now);

    /// <summary>What shall go wrong with the object; null for nothing.</summary>
    public string? FaultOf(KubeObject subject) => Faults.MessageFor(subject.Kind, subject.Key);

    /// <summary>How much of the delay is left when it began then; zero when it is over.</summary>
    public TimeSpan Left(DateTimeOffset? since)
    {
        var left = (since ?? Now) + Delay - Now;
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    /// <summary>A time as Kubernetes writes it: UTC, to the second.</summary>
    public static string Stamp(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
}
