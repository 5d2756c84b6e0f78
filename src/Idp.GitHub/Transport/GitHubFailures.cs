using System.Net;

namespace Idp.GitHub;

/// <summary>Gives each failure its meaning. Pure.</summary>
/// <remarks>
/// GitHub tells a taken name from other mistakes, and an archived repository from a missing right, by its words alone;
/// so this is the one place that reads them.
/// </remarks>
internal static class GitHubFailures
{
    public static GitHubException ToException(
        GitHubRequest request, GitHubAnswer answer, ErrorBody error, DateTimeOffset? resumeAt)
    {
        var failure = new GitHubFailure
        {
            Message = Sentence(request, answer, error),
            Operation = request.Operation,
            StatusCode = answer.Status,
            DocumentationUrl = error.DocumentationUrl,
            RequestId = answer.Header("X-GitHub-Request-Id"),
            Errors = error.Errors,
            AcceptedPermissions = answer.Header("X-Accepted-GitHub-Permissions"),
        };
        return resumeAt is { } time ? new RateLimitedException(failure, time) : ByStatus(request, failure, error.Text);
    }

    /// <summary>Something is larger than it ever should be.</summary>
    public static AnswerTooLargeException TooLarge(GitHubRequest request, string what, int limit) => new(
        new GitHubFailure
        {
            Message = $"GitHub was asked to {request.Purpose}, and {what} is larger than the {limit / 1024} KiB that are read of it.",
            Operation = request.Operation,
        });

    /// <summary>True if an App was refused because its clock and GitHub's differ.</summary>
    public static bool IsAboutTheClock(string text) => Says(text, "'Issued at' claim") || Says(text, "'Expiration time' claim");

    private static GitHubException ByStatus(GitHubRequest request, GitHubFailure failure, string text) =>
        failure.StatusCode switch
        {
            HttpStatusCode.Unauthorized => new GitHubUnauthorizedException(failure),
            HttpStatusCode.Forbidden => Forbidden(failure, text),
            HttpStatusCode.UnavailableForLegalReasons => new GitHubPermissionException(failure),
            HttpStatusCode.NotFound => new GitHubNotFoundException(failure),
            HttpStatusCode.Conflict => new GitHubConflictException(failure),
            HttpStatusCode.UnprocessableEntity => Unprocessable(request, failure, text),
            >= HttpStatusCode.InternalServerError => new GitHubUnavailableException(failure),
            >= HttpStatusCode.MultipleChoices and < HttpStatusCode.BadRequest => new GitHubRedirectException(failure),
            HttpStatusCode.RequestTimeout => new GitHubUnavailableException(failure),
            _ => new GitHubValidationException(failure),
        };

    private static GitHubException Forbidden(GitHubFailure failure, string text)
    {
        if (Says(text, "was archived"))
        {
            return new RepositoryArchivedException(failure);
        }

        if (Says(text, "Upgrade to GitHub"))
        {
            return new FeatureUnavailableException(failure);
        }

        return Says(text, "until it is done being created")
            ? new GitHubConflictException(failure)
            : new GitHubPermissionException(failure);
    }

    private static GitHubException Unprocessable(GitHubRequest request, GitHubFailure failure, string text)
    {
        if (request.Operation is Operations.CreateRepository or Operations.GenerateRepository && Says(text, "already exists"))
        {
            return new NameTakenException(failure);
        }

        return Says(text, "not a fast forward") || Says(text, "\"sha\" wasn't supplied")
            ? new GitHubConflictException(failure)
            : new GitHubValidationException(failure);
    }

    private static string Sentence(GitHubRequest request, GitHubAnswer answer, ErrorBody error)
    {
        var text = error.Text.Length == 0 ? "no reason given" : error.Text.TrimEnd('.');
        var needs = answer.Header("X-Accepted-GitHub-Permissions") is { Length: > 0 } permissions
            && answer.Status is HttpStatusCode.Forbidden or HttpStatusCode.NotFound
            ? $"; the token needs {permissions}"
            : "";
        return $"GitHub was asked to {request.Purpose} and answered {(int)answer.Status}: {text}{needs}.";
    }

    private static bool Says(string text, string words) => text.Contains(words, StringComparison.OrdinalIgnoreCase);
}
