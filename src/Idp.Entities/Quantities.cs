using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Idp.Entities;

/// <summary>Reads how much a quantity is, to compare two of them; exactness is the API server's business.</summary>
/// <remarks>https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/</remarks>
public static class Quantities
{
    private static readonly string[] Decimal = ["n", "u", "m", "", "k", "M", "G", "T", "P", "E"];
    private static readonly string[] Binary = ["Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];

    /// <summary>The quantity in whole units; null for what is no quantity.</summary>
    public static double? ValueOf(string quantity)
    {
        ArgumentNullException.ThrowIfNull(quantity);
        var suffix = quantity.AsSpan().TrimStart("0123456789.").ToString();
        double? unit = Array.IndexOf(Decimal, suffix) is >= 0 and var thousands ? Math.Pow(1000, thousands - 3)
            : Array.IndexOf(Binary, suffix) is >= 0 and var kilobytes ? Math.Pow(1024, kilobytes + 1)
            : null;
        var digits = quantity.AsSpan(0, quantity.Length - suffix.Length);
        return double.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number * unit : null;
    }
}

/// <summary>Reads a quantity that may be written as a number.</summary>
public sealed class QuantityConverter : JsonConverter<string>
{
    /// <inheritdoc/>
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => ReadQuantity(ref reader);

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStringValue(value);
    }

    internal static string ReadQuantity(ref Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.String => reader.GetString() ?? "",
        JsonTokenType.Number when reader.TryGetInt64(out var number) => number.ToString(CultureInfo.InvariantCulture),
        _ => throw new JsonException(),
    };
}

/// <summary>Reads a map of quantities, each of which may be written as a number.</summary>
public sealed class QuantityMapConverter : JsonConverter<IReadOnlyDictionary<string, string>>
{
    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, string> Read(
        ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType is not JsonTokenType.StartObject)
        {
            throw new JsonException();
        }

        var quantities = new Dictionary<string, string>();
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            var name = reader.GetString() ?? "";
            reader.Read();
            quantities[name] = QuantityConverter.ReadQuantity(ref reader);
        }

        return quantities;
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, IReadOnlyDictionary<string, string> value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(value);
        writer.WriteStartObject();
        foreach (var (name, quantity) in value)
        {
            writer.WriteString(name, quantity);
        }

        writer.WriteEndObject();
    }
}
