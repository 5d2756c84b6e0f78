using System.Collections;
using Idp.Kubernetes.Model;

namespace Idp.Kubernetes.Controllers;

/// <summary>One reconcile under way: what each of its log lines carries, and how its own writes are known.</summary>
internal sealed class ReconcileScope(string kind, ObjectKey key) : IReadOnlyList<KeyValuePair<string, object?>>
{
    private static readonly AsyncLocal<ReconcileScope?> Running = new();

    /// <summary>The reconcile that the caller is part of; null outside of any.</summary>
    public static ReconcileScope? Current => Running.Value;

    /// <summary>Tells this reconcile from every other.</summary>
    public string Id { get; } = Guid.CreateVersion7().ToString("N");

    public int Count => 3;

    /// <summary>Makes it the current one, for the rest of the calling asynchronous method and for what that calls.</summary>
    public void Enter() => Running.Value = this;

    /// <summary>Whether it is the reconcile of this key by this controller.</summary>
    public bool IsOf(string controller, ObjectKey other) => kind == controller && key == other;

    public KeyValuePair<string, object?> this[int index] => index switch
    {
        0 => new("Kind", kind),
        1 => new("Key", key),
        2 => new("ReconcileId", Id),
        _ => throw new ArgumentOutOfRangeException(nameof(index)),
    };

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator()
    {
        for (var index = 0; index < Count; index++)
        {
            yield return this[index];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => $"{kind} {key} {Id}";
}
