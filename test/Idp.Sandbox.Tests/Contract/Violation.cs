using System.Text.Json;
using System.Text.Json.Nodes;

namespace Idp.Sandbox.Tests.Contract;

/// <summary>One place where an exchange is not as GitHub's description says.</summary>
/// <param name="Severity"><c>Error</c>, or <c>Warning</c> for a path or a status that the description does not list.</param>
/// <param name="Place">Where: <c>response.body.id</c>.</param>
/// <param name="Text">What is wrong.</param>
internal sealed record Violation(string Severity, string Place, string Text)
{
    /// <summary>What the proxy's header holds; a header that is no list is a violation itself.</summary>
    public static IReadOnlyList<Violation> Parse(string? header)
    {
        if (header is null)
        {
            return [];
        }

        try
        {
            return [.. JsonNode.Parse(header)!.AsArray().Select(node => Read(node!.AsObject()))];
        }
        catch (JsonException)
        {
            // "Too many violations!", and a list that is cut off.
            return [new Violation("Error", "response", header)];
        }
    }

    public override string ToString() => $"{Severity} {Place}: {Text}";

    private static Violation Read(JsonObject found) => new(
        found["severity"]?.ToString() ?? "Error",
        string.Join('.', found["location"]?.AsArray().Select(part => part?.ToString()) ?? []),
        found["message"]?.ToString() ?? found.ToJsonString());
}
