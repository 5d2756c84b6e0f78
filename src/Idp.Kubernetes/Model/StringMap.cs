using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

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

/// <summary>Reads labels and annotations.</summary>
public sealed class StringMapConverter : JsonConverter<IReadOnlyDictionary<string, string>>
{
    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string>? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        Expect(reader.TokenType == JsonTokenType.StartObject);
        var pairs = new List<KeyValuePair<string, string>>(8);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = InternedStrings.Read(ref reader);
            reader.Read();
            Expect(reader.TokenType is JsonTokenType.String or JsonTokenType.Null);
            pairs.Add(KeyValuePair.Create(key, reader.TokenType == JsonTokenType.Null ? "" : InternedStrings.Read(ref reader)));
        }

        return new StringMap([.. pairs]);
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, IReadOnlyDictionary<string, string> value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach (var (key, text) in value)
        {
            writer.WriteString(key, text);
        }

        writer.WriteEndObject();
    }

    private static void Expect(bool holds)
    {
        if (!holds)
        {
            throw new JsonException();
        }
    }
}
