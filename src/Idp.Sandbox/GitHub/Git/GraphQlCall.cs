using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Idp.Sandbox.GitHub;

/// <summary>What the mutation <c>updateRefs</c> asks for, as far as one branch goes.</summary>
/// <remarks>See https://docs.github.com/en/graphql/reference/mutations#updaterefs; what is wrong is said beside the status 200.</remarks>
internal sealed record GraphQlCall(long RepositoryId, string Name, string BeforeOid, string AfterOid, bool Force)
{
    /// <summary>Reads a request; null for any other.</summary>
    public static GraphQlCall? Read(ApiCall call) =>
        call.Json() is { } body
        && body.Text("query")?.Contains("updateRefs(", StringComparison.Ordinal) is true
        && body["variables"]?["input"] is JsonObject input
        && input["refUpdates"] is JsonArray { Count: 1 } updates
        && updates[0] is JsonObject update
        && IdOf(input.Text("repositoryId")) is { } id
        && update.Text("name") is { } name
        && update.Text("afterOid") is { } after
            ? new GraphQlCall(id, name, update.Text("beforeOid") ?? "", after, update.Flag("force") is true)
            : null;

    /// <summary>It is done.</summary>
    public static Reply Done() => new(
        200, new JsonObject { ["data"] = new JsonObject { ["updateRefs"] = new JsonObject { ["clientMutationId"] = null } } });

    /// <summary>It is not.</summary>
    public static Reply Refused(string type, string message) => new(200, new JsonObject
    {
        ["data"] = new JsonObject { ["updateRefs"] = null },
        ["errors"] = new JsonArray(new JsonObject { ["type"] = type, ["path"] = new JsonArray("updateRefs"), ["message"] = message }),
    });

    private static long? IdOf(string? node)
    {
        var bytes = new byte[node?.Length ?? 0];
        return Convert.TryFromBase64String(node ?? "", bytes, out var length)
            && Encoding.UTF8.GetString(bytes, 0, length).Split(':') is ["Repository", var id]
            && long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? number
                : null;
    }
}
