using Idp.Kubernetes.Model;

namespace Idp.Kubernetes.Cache;

/// <summary>Objects of which we saw the end before the watch did: what it still tells of them is old. Not safe for several threads.</summary>
/// <remarks>Holds an object only until the watch tells its end too, which it does of everything that it told the beginning of.</remarks>
internal sealed class Tombstones
{
    private readonly Dictionary<ObjectKey, (string Uid, string Version)> _last = [];

    /// <summary>Notes that an object has ended; this is how it was known last.</summary>
    public void Add(KubeObject known) => _last[known.Key] = (known.Metadata.Uid, known.Metadata.ResourceVersion);

    /// <summary>Whether this is from before the end; what is not is another object, and ends the waiting.</summary>
    public bool Covers(KubeObject item)
    {
        if (!_last.TryGetValue(item.Key, out var last))
        {
            return false;
        }

        var covered = last.Uid == item.Metadata.Uid || !ResourceVersions.IsNewer(item.Metadata.ResourceVersion, last.Version);
        if (!covered)
        {
            _last.Remove(item.Key);
        }

        return covered;
    }

    /// <summary>The watch tells an end.</summary>
    public void Confirm(KubeObject item)
    {
        if (_last.TryGetValue(item.Key, out var last) && last.Uid == item.Metadata.Uid)
        {
            _last.Remove(item.Key);
        }
    }

    /// <summary>Takes out of a list what has ended; of what a list of that version has no more, the watch tells nothing more.</summary>
    public void RemoveFrom(ObjectIndex listed, string version)
    {
        foreach (var (key, last) in _last)
        {
            if (listed.Find(key) is { } item)
            {
                if (Covers(item))
                {
                    listed.Remove(key);
                }
            }
            else if (!ResourceVersions.IsNewer(last.Version, version))
            {
                _last.Remove(key);
            }
        }
    }
}
