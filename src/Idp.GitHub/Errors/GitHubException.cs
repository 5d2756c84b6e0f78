using System.Net;

namespace Idp.GitHub;

/// <summary>A call to GitHub that did not do what was asked; the subclass says why.</summary>
/// <remarks>
/// No property, message or inner exception holds the token. See
/// <see href="https://docs.github.com/en/rest/using-the-rest-api/troubleshooting-the-rest-api"/>.
/// </remarks>
public abstract class GitHubException : Exception
{
    private protected GitHubException(GitHubFailure failure, bool isTerminal, Exception? inner = null)
        : base(failure.Message, inner) => (Failure, IsTerminal) = (failure, isTerminal);

    /// <summary>
    /// True when the same call will fail again until somebody changes the request, the repository or the permissions;
    /// false when trying again later is right.
    /// </summary>
    public bool IsTerminal { get; }

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

/// <summary>One element of <c>errors</c> in an answer of GitHub.</summary>
/// <remarks>GitHub sends objects or bare strings; of a string only <see cref="Message"/> is set.</remarks>
public sealed record GitHubErrorDetail
{
    /// <summary>The kind of thing that is wrong, such as <c>Repository</c>.</summary>
    public string? Resource { get; init; }

    /// <summary>The field that is wrong.</summary>
    public string? Field { get; init; }

    /// <summary>GitHub's word for the mistake, such as <c>missing_field</c> or <c>custom</c>.</summary>
    public string? Code { get; init; }

    /// <summary>The mistake in words.</summary>
    public string? Message { get; init; }

    /// <summary>Returns the words, or else field and code.</summary>
    public override string ToString() => Message ?? string.Join(' ', new[] { Resource, Field, Code }.OfType<string>());
}
