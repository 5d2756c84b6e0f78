using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Idp.Sandbox.GitHub;

/// <summary>A request to the API, read to its end.</summary>
internal sealed record ApiCall(string Method, string[] Segments, IQueryCollection Query, byte[] Body)
{
    /// <summary>The form of answer that the caller asks for.</summary>
    public string Accept { get; init; } = "";

    /// <summary>The login of a person who asks; null for who administers everything.</summary>
    public string? Member { get; init; }

    public bool IsWrite => Method is not ("GET" or "HEAD");

    public static async Task<ApiCall> ReadAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        return new ApiCall(context.Request.Method, SegmentsOf(context), context.Request.Query, body.ToArray())
        {
            Accept = context.Request.Headers.Accept.ToString(),
        };
    }

    /// <summary>
    /// Returns the parts of the path. They are split before they are unescaped, so %2F stays within its part.
    /// </summary>
    public static string[] SegmentsOf(HttpContext context)
    {
        var path = (context.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "/").Split('?')[0];
        return [.. path.TrimStart('/').Split('/').Select(Uri.UnescapeDataString)];
    }

    /// <summary>Returns the body as a JSON object, or null if it is none.</summary>
    public JsonObject? Json()
    {
        try
        {
            return JsonNode.Parse(Encoding.UTF8.GetString(Body)) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>Reads members of a JSON object whose shape is not yet known to be right.</summary>
internal static class JsonReading
{
    public static string? Text(this JsonObject json, string name) =>
        json[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    public static bool? Flag(this JsonObject json, string name) =>
        json[name] is JsonValue value && value.TryGetValue<bool>(out var flag) ? flag : null;
}
