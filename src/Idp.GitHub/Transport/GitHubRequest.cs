using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Idp.GitHub;

/// <summary>One request of <see cref="GitData"/>.</summary>
/// <param name="Operation">The name for meters.</param>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">The path below the API's root, escaped.</param>
/// <param name="Purpose">The end of the sentence "GitHub was asked to ...".</param>
internal sealed record GitHubRequest(string Operation, HttpMethod Method, string Path, string Purpose)
{
    /// <summary>The body, ready to send as often as need be.</summary>
    public byte[]? Body { get; private init; }

    /// <summary>Failures that are an answer here and not an exception.</summary>
    public IReadOnlyList<HttpStatusCode> Expected { get; init; } = [];

    public GitHubRequest With<T>(T body, JsonTypeInfo<T> type) =>
        this with { Body = JsonSerializer.SerializeToUtf8Bytes(body, type) };
}
