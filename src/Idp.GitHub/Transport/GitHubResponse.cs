using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Idp.GitHub;

/// <summary>An answer, read to its end.</summary>
internal sealed record GitHubResponse(HttpStatusCode Status, HttpResponseHeaders Headers, byte[] Body)
{
    public bool IsSuccess => (int)Status is >= 200 and < 300;

    /// <summary>The media type of the body; null where it was not told.</summary>
    public string? ContentType { get; init; }

    /// <summary>Whether it may be a rate limit.</summary>
    public bool IsRefusal => Status is HttpStatusCode.Forbidden or HttpStatusCode.TooManyRequests;

    /// <summary>What the answer says of the hourly quota; null where it says nothing, as GitHub Enterprise Server may.</summary>
    public GitHubQuota? Quota(string credential) =>
        // The GraphQL API has a quota of its own, in points.
        Header("x-ratelimit-resource") is null or "core"
        && Number("x-ratelimit-limit") is { } limit && Number("x-ratelimit-remaining") is { } remaining && Number("x-ratelimit-reset") is { } reset
        && reset < 253402300799
            ? new GitHubQuota(credential, (int)Math.Min(limit, int.MaxValue), (int)Math.Min(remaining, int.MaxValue), DateTimeOffset.FromUnixTimeSeconds(reset))
            : null;

    private long? Number(string name) =>
        long.TryParse(Header(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    public string? Header(string name) => Headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;

    /// <summary>Returns the body as a value.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public T Read<T>(JsonTypeInfo<T> type) =>
        JsonSerializer.Deserialize(Body, type) ?? throw new JsonException("The body was null.");
}

/// <summary>The body of a failure, in whichever of its shapes it came; all its text is free of tokens.</summary>
/// <remarks>
/// See https://docs.github.com/en/rest/using-the-rest-api/troubleshooting-the-rest-api#validation-failed.
/// </remarks>
internal sealed record ErrorBody(string Message, string? DocumentationUrl, IReadOnlyList<GitHubErrorDetail> Errors)
{
    private const int MaxLength = 500;

    /// <summary>The message and the single mistakes as one text.</summary>
    public string Text => string.Join(" ", Errors.Select(error => error.ToString()).Prepend(Message).Distinct());

    public static ErrorBody Parse(ReadOnlyMemory<byte> body, string token)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            var root = document.RootElement;
            if (root.ValueKind == JsonValueKind.Object)
            {
                var documentation = String(root, "documentation_url", token);
                return new ErrorBody(String(root, "message", token) ?? "", documentation, Details(root, token));
            }

            return new ErrorBody("", null, []);
        }
        catch (JsonException)
        {
            // A proxy's page, or nothing at all: the status has to do.
            return new ErrorBody("", null, []);
        }
    }

    private static List<GitHubErrorDetail> Details(JsonElement root, string token)
    {
        var details = new List<GitHubErrorDetail>();
        if (!root.TryGetProperty("errors", out var errors))
        {
            return details;
        }

        if (errors.ValueKind == JsonValueKind.Array)
        {
            details.AddRange(errors.EnumerateArray().Select(error => Detail(error, token)));
        }
        else
        {
            details.Add(Detail(errors, token));
        }

        return details;
    }

    private static GitHubErrorDetail Detail(JsonElement error, string token) => error.ValueKind == JsonValueKind.Object
        ? new GitHubErrorDetail
        {
            Resource = String(error, "resource", token),
            Field = String(error, "field", token),
            Code = String(error, "code", token),
            Message = String(error, "message", token),
        }
        : new GitHubErrorDetail { Message = Clean(error.ToString(), token) };

    private static string? String(JsonElement element, string name, string token) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? Clean(value.GetString() ?? "", token)
            : null;

    private static string Clean(string text, string token)
    {
        var clean = Redaction.Redact(text, token).ReplaceLineEndings(" ");
        return clean.Length <= MaxLength ? clean : string.Concat(clean.AsSpan(0, MaxLength), "...");
    }
}
