using System.Net;

namespace Idp.GitHub;

/// <summary>What is known about a call that failed; free of secrets.</summary>
public sealed record GitHubFailure
{
    /// <summary>One sentence that names the object and what was tried, with GitHub's own words.</summary>
    public required string Message { get; init; }

    /// <summary>The call, as in <see cref="GitHubCall.Operation"/>.</summary>
    public string? Operation { get; init; }

    /// <summary>The status of the answer, or null when the call failed without one.</summary>
    public HttpStatusCode? StatusCode { get; init; }

    /// <summary>GitHub's page about the operation.</summary>
    public string? DocumentationUrl { get; init; }

    /// <summary>The number under which GitHub's support finds the request.</summary>
    public string? RequestId { get; init; }

    /// <summary>The single mistakes, if GitHub listed them.</summary>
    public IReadOnlyList<GitHubErrorDetail> Errors { get; init; } = [];

    /// <summary>The permissions that would have sufficed, from <c>X-Accepted-GitHub-Permissions</c>.</summary>
    public string? AcceptedPermissions { get; init; }
}
