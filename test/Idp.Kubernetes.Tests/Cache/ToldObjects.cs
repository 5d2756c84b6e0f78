using System.Globalization;
using Idp.Kubernetes.Cache;
using Idp.Kubernetes.Model;

namespace Idp.Kubernetes.Tests.Cache;

/// <summary>A subscriber that believes what it is told, and complains where that does not fit together.</summary>
internal sealed class ToldObjects(bool mayGoBack)
{
    private readonly Dictionary<ObjectKey, KubeObject> _objects = [];
    private readonly Dictionary<ObjectKey, int> _newest = [];

    public IEnumerable<string> All => _objects.Values.Select(Print).Order(StringComparer.Ordinal);

    /// <summary>How an object is compared.</summary>
    public static string Print(KubeObject item) => $"{item.Key.Name} {item.Metadata.Uid} {item.Metadata.ResourceVersion}";

    /// <summary>What did not fit together; who tells would not stop at an exception.</summary>
    public List<string> Complaints { get; } = [];

    public void Hear(StoreChange change)
    {
        var key = (change.After ?? change.Before)!.Key;
        Expect(ReferenceEquals(change.Before, _objects.GetValueOrDefault(key)), $"{key}: what it was is what was told last");
        Expect(change.Before?.Metadata.ResourceVersion != change.After?.Metadata.ResourceVersion, $"{key}: a change changes something");
        _objects.Remove(key);
        if (change.After is { } after)
        {
            var version = int.Parse(after.Metadata.ResourceVersion, CultureInfo.InvariantCulture);
            Expect(mayGoBack || version > _newest.GetValueOrDefault(key), $"{Print(after)}: nothing goes back");
            _newest[key] = version;
            _objects.Add(key, after);
        }
    }

    private void Expect(bool holds, string what)
    {
        if (!holds)
        {
            Complaints.Add(what);
        }
    }
}
