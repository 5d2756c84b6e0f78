using Idp.Kubernetes.Model;

namespace Idp.Kubernetes.Apply;

/// <summary>Who makes objects, and by which labels the objects are known to be theirs.</summary>
/// <param name="FieldManager">Whose fields they are.</param>
/// <param name="Labels">Every object that we make carries them; a live object without them is somebody else's and is not touched.</param>
/// <remarks>
/// Labels, not uids from an inventory: they are on the object itself, so that they survive a restore, and so that nobody
/// can make us take an object by writing into our status.
/// </remarks>
public sealed record Ownership(string FieldManager, IReadOnlyDictionary<string, string> Labels)
{
    /// <summary>Whether the object is ours.</summary>
    public bool Owns(ObjectMeta metadata) => MissingOn(metadata) is null;

    /// <summary>The first of our labels that the object does not carry, such as <c>idp.dev/application=shop</c>; null when it is ours.</summary>
    internal string? MissingOn(ObjectMeta metadata)
    {
        ArgumentNullException.ThrowIfNull(metadata);
        foreach (var (name, value) in Labels.OrderBy(label => label.Key, StringComparer.Ordinal))
        {
            if (!metadata.Labels.TryGetValue(name, out var live) || !string.Equals(live, value, StringComparison.Ordinal))
            {
                return $"{name}={value}";
            }
        }

        return null;
    }
}
