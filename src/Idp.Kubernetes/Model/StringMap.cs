using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Idp.Kubernetes.Model;

/// <summary>A few names with values, such as labels, in the order in which they were sent; a third of a dictionary's size.</summary>
internal sealed class StringMap(KeyValuePair<string, string>[] pairs) : IReadOnlyDictionary<string, string>
{
    public int Count => pairs.Length;

    public IEnumerable<string> Keys => pairs.Select(pair => pair.Key);

    public IEnumerable<string> Values => pairs.Select(pair => pair.Value);

    public string this[string key] => TryGetValue(key, out var value) ? value : throw new KeyNotFoundException($"There is no '{key}'.");

    public bool ContainsKey(string key) => TryGetValue(key, out _);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out string value)
    {
        // From the end: where a name is given twice the last one counts, as for every reader of JSON here.
        for (var index = pairs.Length - 1; index >= 0; index--)
        {
            if (string.Equals(pairs[index].Key, key, StringComparison.Ordinal))
            {
                value = pairs[index].Value;
                return true;
            }
        }

        value = null;
        return false;
    }

    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => pairs.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
