using System.Net;

namespace Idp.GitHub;

/// <summary>What a call knows beyond its request, and what became of it.</summary>
/// <remarks>
/// Octokit has no place for any of it, so it is ambient from <see cref="GitHubCalls"/> to where a request is made; from there on it
/// travels with the request.
/// </remarks>
/// <param name="operation">The name for meters.</param>
/// <param name="purpose">The end of the sentence "GitHub was asked to ...".</param>
internal sealed class GitHubCallContext(string operation, string purpose)
{
    /// <summary>Has GitHub answer with a file's bytes alone.</summary>
    public const string Raw = "application/vnd.github.v3.raw";

    private static readonly AsyncLocal<GitHubCallContext?> Ambient = new();
    private static readonly HttpRequestOptionsKey<GitHubCallContext> Key = new("call");

    /// <summary>The call that is being made; null outside of one.</summary>
    public static GitHubCallContext? Current
    {
        get => Ambient.Value;
        set => Ambient.Value = value;
    }

    /// <summary>The name for meters.</summary>
    public string Operation { get; } = operation;

    /// <summary>The end of the sentence "GitHub was asked to ...".</summary>
    public string Purpose { get; } = purpose;

    /// <summary>Makes it a question whether something changed: the answer is 304 while it is as that tag says.</summary>
    public string? ETag { get; init; }

    /// <summary>Failures that are an answer here.</summary>
    public IReadOnlyList<HttpStatusCode> Expected { get; init; } = [];

    /// <summary>The form of the answer; what Octokit would ask for is of 2017.</summary>
    public string Accept { get; init; } = "application/vnd.github+json";

    /// <summary>The most that the answer may be, in bytes.</summary>
    public int AnswerLimit { get; init; } = BoundedBody.Answer;

    /// <summary>Ends the call.</summary>
    public CancellationToken CancellationToken { get; set; }

    /// <summary>The token that was sent last, to be kept out of every message.</summary>
    public string Token { get; set; } = "";

    /// <summary>The last answer; null while there is none.</summary>
    public GitHubResponse? Answer { get; set; }

    /// <summary>What the last answer says of its failure.</summary>
    public ErrorBody Error
    {
        get => field ?? ErrorBody.Parse(Answer?.Body ?? [], Token);
        set;
    }

    /// <summary>When a request may succeed that was refused for its token; null where that is not known.</summary>
    public DateTimeOffset? RetryAt { get; set; }

    /// <summary>When to go on after a rate limit; null where there was none.</summary>
    public DateTimeOffset? ResumeAt { get; set; }

    /// <summary>Sends the call along with its request.</summary>
    public void Attach(HttpRequestMessage request) => request.Options.Set(Key, this);

    /// <summary>The call that a request belongs to.</summary>
    public static GitHubCallContext Of(HttpRequestMessage request) => request.Options.TryGetValue(Key, out var call)
        ? call
        : throw new InvalidOperationException("A request to GitHub belongs to a call.");
}
