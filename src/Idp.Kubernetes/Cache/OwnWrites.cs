using Idp.Kubernetes.Model;

namespace Idp.Kubernetes.Cache;

/// <summary>What one piece of work has written so far: a watch may bring it before the server's answer does.</summary>
internal sealed class OwnWrites
{
    private static readonly AsyncLocal<OwnWrites?> Running = new();
    private readonly HashSet<(string Uid, string ResourceVersion)> _written = [];

    /// <summary>Those of the work that the caller is part of; null outside of any.</summary>
    public static OwnWrites? Current => Running.Value;

    /// <summary>Makes them the current ones, for the rest of the calling asynchronous method and for what that calls.</summary>
    public void Enter() => Running.Value = this;

    /// <summary>Notes an answer to a write.</summary>
    public void Add(KubeObject written)
    {
        lock (_written)
        {
            _written.Add(VersionOf(written));
        }
    }

    /// <summary>Whether an object is as one of the writes left it.</summary>
    public bool Contains(KubeObject item)
    {
        lock (_written)
        {
            return _written.Contains(VersionOf(item));
        }
    }

    private static (string Uid, string ResourceVersion) VersionOf(KubeObject item) =>
        (item.Metadata.Uid, item.Metadata.ResourceVersion);
}
