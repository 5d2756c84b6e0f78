using Idp.Entities;
using Idp.GitHub;
using Idp.Operator.Reporting;

namespace Idp.Operator.Repositories;

/// <summary>Says a GitHub error in the words of a condition: what is wrong, whether waiting helps, what to do.</summary>
public static class GitHubProblems
{
    private static readonly TimeSpan Soonest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LookAgain = TimeSpan.FromMinutes(10);

    /// <summary>The problem that an error stands for.</summary>
    /// <param name="error">What the client threw; its message holds no credentials.</param>
    /// <param name="now">The present time, to tell how long to wait.</param>
    public static Problem Of(GitHubException error, DateTimeOffset now)
    {
        return error switch
        {
            RateLimitedException limited => Wait(
                Reasons.GitHubRateLimited,
                $"{error.Message} Goes on by itself at {limited.ResumeAt:u}.",
                Until(limited.ResumeAt, now)),
            GitHubUnauthorizedException { RetryAt: { } time } => Wait(
                Reasons.GitHubUnavailable,
                $"GitHub does not know the operator's new token everywhere yet; goes on at {time:u}.",
                Until(time, now)),
            GitHubUnauthorizedException or TokenUnavailableException => Wait(
                Reasons.GitHubUnauthorized,
                $"{error.Message} The platform team has to mend the credentials that platform.yaml names.",
                LookAgain),
            GitHubPermissionException => Wait(Reasons.GitHubPermissionMissing, PermissionMessage(error), LookAgain),
            AnswerTooLargeException => Wait(
                Reasons.GitHubAnswerTooLarge,
                $"{error.Message} Make it smaller; a file is best put back as the golden path laid it.",
                LookAgain),
            FeatureUnavailableException => Wait(Reasons.GitHubFeatureMissing, error.Message, LookAgain),
            OrganisationNotFoundException => Wait(
                Reasons.GitHubRefused,
                $"{error.Message} There is no such organisation, or the operator may make nothing in it: correct spec.repository.owner (or "
                + "github.owner in platform.yaml), or give the operator's credentials access; an App has to be installed there.",
                LookAgain),
            BranchProtectedException => Wait(
                Reasons.GitHubRefused,
                $"{error.Message} Let the operator's credentials bypass that rule, or lift it until the golden path is laid.",
                LookAgain),
            RepositoryArchivedException => Stop(Reasons.RepositoryArchived, error.Message),
            RepositoryNotEmptyException => Stop(Reasons.RepositoryConflict, error.Message),
            NameTakenException => new Problem(Reasons.RepositoryConflict, error.Message, IsTerminal: false),
            GitHubValidationException => Stop(Reasons.InvalidSpec, error.Message),
            _ => new Problem(Reasons.GitHubUnavailable, error.Message, IsTerminal: false),
        };
    }

    /// <summary>The problem that is there while the operator's own records of ownership cannot be had.</summary>
    public static Problem Of(OwnershipUnknownException error) =>
        new Problem(Reasons.OwnershipUnknown, error.Message, IsTerminal: false);

    // Never at once: what has just been refused would be asked again without a pause.
    private static TimeSpan Until(DateTimeOffset time, DateTimeOffset now) => time - now > Soonest ? time - now : Soonest;

    private static Problem Wait(string reason, string message, TimeSpan retryAfter) =>
        new(reason, message, IsTerminal: false, retryAfter);

    private static Problem Stop(string reason, string message) => new(reason, message);

    private static string PermissionMessage(GitHubException error) =>
        error.AcceptedPermissions is { Length: > 0 } permissions
            ? $"{error.Message} The credentials need: {permissions}."
            : error.Message;
}
