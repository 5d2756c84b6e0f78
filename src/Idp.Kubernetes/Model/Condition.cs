using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Idp.Kubernetes.Model;

/// <summary>One observation of an object's state (<c>metav1.Condition</c>).</summary>
/// <remarks>
/// https://github.com/kubernetes/community/blob/master/contributors/devel/sig-architecture/api-conventions.md#typical-status-properties
/// </remarks>
public sealed record Condition
{
    /// <summary>What is observed, in PascalCase, such as <c>Ready</c>.</summary>
    public required string Type { get; init; }

    /// <summary>Whether it holds.</summary>
    public required ConditionStatus Status { get; init; }

    /// <summary>Why, as one CamelCase word that programs may match.</summary>
    public required string Reason { get; init; }

    /// <summary>Why, and what to do, for people; may be empty.</summary>
    public string Message { get => field ?? ""; init; }

    /// <summary>The generation of the object that was observed.</summary>
    public long ObservedGeneration { get; init; }

    /// <summary>When <see cref="Status"/> changed last, to the second.</summary>
    [JsonConverter(typeof(KubeTimeConverter))]
    public DateTimeOffset LastTransitionTime { get; init; }
}

/// <summary>What a condition says.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ConditionStatus>))]
public enum ConditionStatus
{
    /// <summary>Not known yet, or no longer.</summary>
    Unknown,

    /// <summary>The condition holds.</summary>
    True,

    /// <summary>The condition does not hold.</summary>
    False,
}

/// <summary>Builds an object's conditions from what was seen, once, at the end of a reconcile.</summary>
/// <remarks>
/// Of the conditions of before only the time of the last transition is taken over, and only while the status stays. A
/// condition that is not set goes.
/// https://github.com/kubernetes/community/blob/master/contributors/devel/sig-architecture/api-conventions.md#typical-status-properties
/// </remarks>
public sealed class ConditionSet
{
    private const int LongestMessage = 1024;
    private readonly IReadOnlyList<Condition> _previous;
    private readonly long _observedGeneration;
    private readonly DateTimeOffset _now;
    private readonly Dictionary<string, Condition> _conditions = new(StringComparer.Ordinal);

    /// <summary>Begins a set of what is observed of a generation, after the conditions of before.</summary>
    public ConditionSet(IReadOnlyList<Condition> previous, long observedGeneration, DateTimeOffset now)
    {
        _previous = previous;
        _observedGeneration = observedGeneration;
        _now = Seconds(now.ToUniversalTime());
    }

    /// <summary>Sets a condition; one that was set already is replaced. The message is cut to 1,024 bytes, and what looks like a credential taken out.</summary>
    public ConditionSet Set(string type, ConditionStatus status, string reason, string message = "")
    {
        var before = _previous.FirstOrDefault(condition => condition.Type == type);
        _conditions[type] = new Condition
        {
            Type = type,
            Status = status,
            Reason = reason,
            Message = Redaction.Trim(Redaction.Clean(message), LongestMessage),
            ObservedGeneration = _observedGeneration,
            LastTransitionTime = before?.Status == status && before.LastTransitionTime != default
                ? Seconds(before.LastTransitionTime)
                : _now,
        };
        return this;
    }

    /// <summary>The condition as set; null where it was not.</summary>
    public Condition? Find(string type) => _conditions.GetValueOrDefault(type);

    /// <summary>All conditions: Ready first, the others by name.</summary>
    public IReadOnlyList<Condition> ToList() =>
        [.. _conditions.Values.OrderBy(condition => condition.Type != "Ready").ThenBy(condition => condition.Type, StringComparer.Ordinal)];

    /// <summary>All conditions as they stand in a status.</summary>
    public JsonArray ToJson() =>
        JsonSerializer.SerializeToNode(ToList(), KubeJson.Default.IReadOnlyListCondition)!.AsArray();

    private static DateTimeOffset Seconds(DateTimeOffset time) => time.AddTicks(-(time.Ticks % TimeSpan.TicksPerSecond));
}
