using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Idp.Kubernetes.Model;

namespace Idp.Operator.ApplicationEnvironments;

/// <summary>The hash that SchemaHero gives to the wording of a Table; it names the Migration that was planned for it.</summary>
/// <remarks>
/// SHA-256 of <c>{"spec":...}</c> with the members in the order of SchemaHero's Go types, so it says exactly whether a
/// Migration is about the present wording, where times could only guess.
/// https://github.com/schemahero/schemahero/blob/v0.25.0/pkg/apis/schemas/v1alpha4/table_types.go
/// </remarks>
internal static class TableHash
{
    // One order that agrees with that of every Go struct that SchemaPlan fills.
    private static readonly string[] Order =
    [
        "database", "postgres", "primaryKey", "foreignKeys", "indexes", "table", "columns", "references", "onDelete", "name",
        "requires", "schema", "isUnique", "type", "constraints", "attributes", "default", "notNull", "autoIncrement",
    ];

    /// <summary>The hash in hexadecimal; a Migration is named by its first seven digits.</summary>
    /// <param name="spec">The spec of the live Table.</param>
    public static string Of(JsonNode? spec)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var options = new JsonWriterOptions { Encoder = PlainJsonEncoder.Instance };
        using (var writer = new Utf8JsonWriter(buffer, options))
        {
            new JsonObject { ["spec"] = Ordered(spec) }.WriteTo(writer);
        }

        // Go escapes these three even inside text; none of them occurs outside of it.
        var text = Encoding.UTF8.GetString(buffer.WrittenSpan)
            .Replace("<", "\\u003c", StringComparison.Ordinal)
            .Replace(">", "\\u003e", StringComparison.Ordinal)
            .Replace("&", "\\u0026", StringComparison.Ordinal);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    private static JsonNode? Ordered(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(
            members.OrderBy(member => RankOf(member.Key)).Select(member => KeyValuePair.Create(member.Key, Ordered(member.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Ordered)]),
        _ => node?.DeepClone(),
    };

    private static int RankOf(string name) => Array.IndexOf(Order, name) is >= 0 and var rank ? rank : Order.Length;
}
