using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Idp.Kubernetes.Model;

/// <summary>Gives equal short strings as one: thousands of objects carry the same labels, namespaces and kinds.</summary>
/// <remarks>
/// A table of fixed size in which a newcomer takes the place of what had the same hash: it cannot grow, needs no lock
/// (a slot is one reference), and a string that is pushed out merely comes about once more.
/// </remarks>
internal static class InternedStrings
{
    private const int Longest = 128;
    private static readonly string?[] Slots = new string?[8192];

    /// <summary>The string or property name that the reader stands on.</summary>
    public static string Read(ref Utf8JsonReader reader)
    {
        if (reader.HasValueSequence || reader.ValueIsEscaped || reader.ValueSpan.Length > Longest)
        {
            return reader.GetString() ?? "";
        }

        var hash = default(HashCode);
        hash.AddBytes(reader.ValueSpan);
        ref var slot = ref Slots[hash.ToHashCode() & (Slots.Length - 1)];
        var known = slot;
        return known is not null && Ascii.Equals(reader.ValueSpan, known) ? known : slot = reader.GetString() ?? "";
    }
}

/// <summary>Reads a string that many objects have in common.</summary>
public sealed class InternedStringConverter : JsonConverter<string>
{
    /// <inheritdoc/>
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.Null => null,
        JsonTokenType.String => InternedStrings.Read(ref reader),
        _ => throw new JsonException(),
    };

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}
