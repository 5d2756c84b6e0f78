using System.Collections;
using Idp.Kubernetes.Model;

namespace Idp.Kubernetes.Controllers;

/// <summary>What every log line of one reconcile carries.</summary>
internal sealed class ReconcileScope(string kind, ObjectKey key) : IReadOnlyList<KeyValuePair<string, object?>>
{
    /// <summary>Tells this reconcile from every other.</summary>
    public string Id { get; } = Guid.CreateVersion7().ToString("N");

    public int Count => 3;

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
