using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Idp.Kubernetes.Model;

namespace Idp.Sandbox.StandIns.SchemaHero;

/// <summary>The hash by which SchemaHero knows a Table's wording again, so that one which comes back needs no second Migration.</summary>
/// <remarks>
/// SHA-256 of <c>{"spec":...}</c> as Go writes its structs: members in the order of the types, not of the alphabet.
/// https://github.com/schemahero/schemahero/tree/v0.25.0/pkg/apis/schemas/v1alpha4
/// </remarks>
internal static class SpecHash
{
    // Of each type, by a member that no other has: a Table's spec, its PostgreSQL schema, an index, a column.
    private static readonly string[][] Types =
    [
        ["database", "name", "requires", "schema"],
        ["primaryKey", "foreignKeys", "indexes", "columns"],
        ["columns", "name", "isUnique", "type"],
        ["name", "type", "constraints", "attributes", "default"],
    ];

    private static readonly JsonSerializerOptions AsGo = new() { Encoder = PlainJsonEncoder.Instance };

    /// <summary>The hash in hexadecimal.</summary>
    public static string Of(JsonNode? spec)
    {
        var text = new JsonObject { ["spec"] = Ordered(spec) }.ToJsonString(AsGo);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    private static JsonNode? Ordered(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(InOrder(members).Select(member => KeyValuePair.Create(member.Key, Ordered(member.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Ordered)]),
        _ => node?.DeepClone(),
    };

    private static IEnumerable<KeyValuePair<string, JsonNode?>> InOrder(JsonObject members)
    {
        var type = Array.Find(Types, fields => members.All(member => fields.Contains(member.Key))) ?? [];
        return members.OrderBy(member => (uint)Array.IndexOf(type, member.Key));
    }
}
