using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Octokit;

namespace Idp.GitHub;

/// <summary>Sends what still writes Git objects over REST, by the same connection as everything else.</summary>
internal sealed class GitHubTransport(GitHubCalls calls, GitHubOptions options)
{
    /// <summary>The GraphQL API, seen from the root of the REST API: below it on github.com, beside it on GitHub Enterprise Server.</summary>
    public string GraphQlPath { get; } = options.Root.AbsolutePath.EndsWith("/v3/", StringComparison.Ordinal) ? "../graphql" : "graphql";

    /// <summary>Returns the answer if it is a success or was expected; throws by meaning otherwise.</summary>
    public async Task<GitHubAnswer> SendAsync(GitHubRequest request, CancellationToken cancellationToken)
    {
        var call = new GitHubCallContext(request.Operation, request.Purpose) { Expected = request.Expected };
        await calls.TryAsync(call, client => SendAsync(client.Connection, request), cancellationToken);
        return call.Answer!;
    }

    /// <summary>Sends, and returns the body as a value.</summary>
    public async Task<T> SendAsync<T>(GitHubRequest request, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        (await SendAsync(request, cancellationToken)).Read(request, type);

    private static Task<IApiResponse<JsonElement>> SendAsync(IConnection connection, GitHubRequest request)
    {
        var address = new Uri(request.Path, UriKind.Relative);
        var body = request.Body is { } bytes ? Encoding.UTF8.GetString(bytes) : "";
        return request.Method.Method switch
        {
            "GET" => connection.Get<JsonElement>(address, null),
            "POST" => connection.Post<JsonElement>(address, body, null, null, parameters: null, CancellationToken.None),
            "PUT" => connection.Put<JsonElement>(address, body),
            "PATCH" => connection.Patch<JsonElement>(address, body),
            _ => throw new InvalidOperationException($"Nothing is asked by {request.Method}."),
        };
    }
}

/// <summary>Reads the answers.</summary>
internal static class GitHubAnswerReading
{
    public static T Read<T>(this GitHubAnswer answer, GitHubRequest request, JsonTypeInfo<T> type)
    {
        try
        {
            return answer.Read(type);
        }
        catch (JsonException error)
        {
            throw GitHubFailures.Unreadable(new GitHubCallContext(request.Operation, request.Purpose) { Answer = answer }, error);
        }
    }
}
