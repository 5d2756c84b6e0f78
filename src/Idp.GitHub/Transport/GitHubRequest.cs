using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Idp.GitHub;

/// <summary>One request before it has an address, a token or an answer.</summary>
/// <param name="Operation">The name for meters.</param>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">The path below the API's root, escaped.</param>
/// <param name="Purpose">The end of the sentence "GitHub was asked to ...".</param>
internal sealed record GitHubRequest(string Operation, HttpMethod Method, string Path, string Purpose)
{
    /// <summary>The body, ready to send as often as need be.</summary>
    public byte[]? Body { get; private init; }

    /// <summary>Makes it a question whether something changed: the answer is 304 while it is as that tag says.</summary>
    public string? ETag { get; init; }

    /// <summary>Whether it changes anything.</summary>
    public bool IsWrite => Method != HttpMethod.Get;

    /// <summary>Whether GitHub counts it against the limits on creating content.</summary>
    public bool IsContent => IsWrite && Operations.CreateContent.Contains(Operation);

    /// <summary>Failures that are an answer here and not an exception.</summary>
    public IReadOnlyList<HttpStatusCode> Expected { get; init; } = [];

    /// <summary>The form of the answer, where it is not the usual one.</summary>
    public string Accept { get; init; } = "application/vnd.github+json";

    /// <summary>The most that the answer may be, in bytes.</summary>
    public int AnswerLimit { get; init; } = BoundedBody.Answer;

    public GitHubRequest With<T>(T body, JsonTypeInfo<T> type) =>
        this with { Body = JsonSerializer.SerializeToUtf8Bytes(body, type) };
}
