using System.Net;

namespace Idp.GitHub;

/// <summary>Gives each failure its meaning. Pure.</summary>
/// <remarks>
/// GitHub tells a taken name from other mistakes, and an archived repository from a missing right, by its words alone;
/// so this is the one place that reads them.
/// </remarks>
internal static class GitHubFailures
{
    /// <summary>What the failure that a call ended with means.</summary>
    public static GitHubException ToException(GitHubCallContext call)
    {
        var error = call.Error;
        var failure = Answered(call, Sentence(call, error)) with
        {
            DocumentationUrl = error.DocumentationUrl,
            Errors = error.Errors,
            AcceptedPermissions = call.Answer!.Header("X-Accepted-GitHub-Permissions"),
        };
        return call.ResumeAt is { } time ? new RateLimitedException(failure, time) : ByStatus(call, failure, error.Text);
    }

    /// <summary>An answer of which something is wrong.</summary>
    public static GitHubFailure Answered(GitHubCallContext call, string message) => new()
    {
        Message = message,
        Operation = call.Operation,
        StatusCode = call.Answer?.Status,
        RequestId = call.Answer?.Header("X-GitHub-Request-Id"),
    };

    /// <summary>An answer that is nothing of what GitHub promises.</summary>
    public static GitHubUnavailableException Unreadable(GitHubCallContext call, Exception? error) => new(
        Answered(call, $"GitHub was asked to {call.Purpose}, and the answer was not what its API promises."), error);

    /// <summary>No answer came, or not all of it.</summary>
    public static GitHubUnavailableException Lost(GitHubCallContext call, string what, Exception? error = null) => new(
        new GitHubFailure { Message = $"GitHub was asked to {call.Purpose}, but {what}.", Operation = call.Operation }, error);

    /// <summary>Something is larger than it ever should be.</summary>
    public static AnswerTooLargeException TooLarge(GitHubCallContext call, string what, int limit) => new(
        new GitHubFailure
        {
            Message = $"GitHub was asked to {call.Purpose}, and {what} is larger than the {limit / 1024} KiB that are read of it.",
            Operation = call.Operation,
        });

    /// <summary>True if an App was refused because its clock and GitHub's differ.</summary>
    public static bool IsAboutTheClock(string text) => Says(text, "'Issued at' claim") || Says(text, "'Expiration time' claim");

    private static GitHubException ByStatus(GitHubCallContext call, GitHubFailure failure, string text) =>
        failure.StatusCode switch
        {
            HttpStatusCode.Unauthorized => new GitHubUnauthorizedException(failure, call.RetryAt),
            HttpStatusCode.Forbidden => Forbidden(failure, text),
            HttpStatusCode.UnavailableForLegalReasons => new GitHubPermissionException(failure),
            HttpStatusCode.NotFound => new GitHubNotFoundException(failure),
            HttpStatusCode.Conflict => new GitHubConflictException(failure),
            HttpStatusCode.UnprocessableEntity => Unprocessable(call, failure, text),
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

    private static GitHubException Unprocessable(GitHubCallContext call, GitHubFailure failure, string text)
    {
        if (call.Operation is Operations.CreateRepository or Operations.GenerateRepository && Says(text, "already exists"))
        {
            return new NameTakenException(failure);
        }

        return (call.Operation == PullRequestOperations.Create && Says(text, "already exists")) || Says(text, "not a fast forward") || Says(text, "\"sha\" wasn't supplied")
            ? new GitHubConflictException(failure)
            : new GitHubValidationException(failure);
    }

    private static string Sentence(GitHubCallContext call, ErrorBody error)
    {
        var answer = call.Answer!;
        var text = error.Text.Length == 0 ? "no reason given" : error.Text.TrimEnd('.');
        var needs = answer.Header("X-Accepted-GitHub-Permissions") is { Length: > 0 } permissions
            && answer.Status is HttpStatusCode.Forbidden or HttpStatusCode.NotFound
            ? $"; the token needs {permissions}"
            : "";
        return $"GitHub was asked to {call.Purpose} and answered {(int)answer.Status}: {text}{needs}.";
    }

    private static bool Says(string text, string words) => text.Contains(words, StringComparison.OrdinalIgnoreCase);
}
