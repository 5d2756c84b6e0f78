using System.Text.Json;
using System.Text.Json.Serialization;

namespace Idp.Kubernetes.Model;

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
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(value);
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
