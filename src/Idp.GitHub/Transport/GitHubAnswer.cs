using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Idp.GitHub;

/// <summary>An answer, read to its end.</summary>
internal sealed record GitHubAnswer(HttpStatusCode Status, HttpResponseHeaders Headers, byte[] Body)
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
