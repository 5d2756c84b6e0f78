using System.Net;

namespace Idp.GitHub;

/// <summary>A call to GitHub that did not do what was asked; the subclass says why.</summary>
/// <remarks>
/// No property, message or inner exception holds the token. See
/// <see href="https://docs.github.com/en/rest/using-the-rest-api/troubleshooting-the-rest-api"/>.
/// </remarks>
public abstract class GitHubException : Exception
{
    private protected GitHubException(GitHubFailure failure, Exception? inner = null)
        : base(failure.Message, inner) => Failure = failure;

    /// <summary>
    /// True when the same call will fail again until somebody changes the request, the repository or the permissions;
    /// false when trying again later is right.
    /// </summary>
    public abstract bool IsTerminal { get; }

    /// <summary>All that is known about the failure.</summary>
    public GitHubFailure Failure { get; }

    /// <summary>The status of the answer, or null when the call failed without one.</summary>
    public HttpStatusCode? StatusCode => Failure.StatusCode;

    /// <summary>GitHub's page about the operation.</summary>
    public string? DocumentationUrl => Failure.DocumentationUrl;

    /// <summary>The number under which GitHub's support finds the request.</summary>
    public string? RequestId => Failure.RequestId;

    /// <summary>The single mistakes, if GitHub listed them.</summary>
    public IReadOnlyList<GitHubErrorDetail> Errors => Failure.Errors;

    /// <summary>The permissions that would have sufficed, from <c>X-Accepted-GitHub-Permissions</c>.</summary>
    public string? AcceptedPermissions => Failure.AcceptedPermissions;
}
