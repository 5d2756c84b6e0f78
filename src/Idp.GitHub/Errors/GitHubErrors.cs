namespace Idp.GitHub;

/// <summary>GitHub did not answer, or answered with a fault of its own (5xx, timeout, broken connection).</summary>
/// <remarks>A write may have been carried out all the same: read before repeating it.</remarks>
public sealed class GitHubUnavailableException(GitHubFailure failure, Exception? inner = null) : GitHubException(failure, isTerminal: false, inner);

/// <summary>GitHub's answer, or the file that was asked for, is larger than anything that is expected there; it was not read.</summary>
/// <remarks>A write may have been carried out all the same: read before repeating it.</remarks>
public sealed class AnswerTooLargeException(GitHubFailure failure) : GitHubException(failure, isTerminal: false);

/// <summary>GitHub asked to wait (403 or 429); every call with this token has to.</summary>
/// <remarks>
/// The client sends nothing before <see cref="ResumeAt"/>: until then each call fails with this exception at once. See
/// <see href="https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#exceeding-the-rate-limit"/>.
/// </remarks>
public sealed class RateLimitedException(GitHubFailure failure, DateTimeOffset resumeAt) : GitHubException(failure, isTerminal: false)
{
    /// <summary>The first moment at which a call makes sense again.</summary>
    public DateTimeOffset ResumeAt { get; } = resumeAt;
}

/// <summary>There is no token to send; the request was not sent.</summary>
/// <remarks>People have to do something first, and the message says what.</remarks>
public sealed class TokenUnavailableException(GitHubFailure failure, Exception? inner = null) : GitHubException(failure, isTerminal: false, inner)
{
    /// <summary>There is no token, for a reason that has nothing to do with GitHub.</summary>
    public TokenUnavailableException(string message, Exception? inner = null)
        : this(new GitHubFailure { Message = message }, inner)
    {
    }
}

/// <summary>GitHub did not take the token (401).</summary>
/// <remarks>
/// Not terminal: no change of the request mends it, but a rotated token does, and it is read again for each request.
/// </remarks>
/// <param name="failure">All that is known.</param>
/// <param name="retryAt">When the same call may succeed; null where no time is known.</param>
public sealed class GitHubUnauthorizedException(GitHubFailure failure, DateTimeOffset? retryAt = null)
    : GitHubException(failure, isTerminal: false)
{
    /// <summary>When to come again, where the token is so young that GitHub may not know it everywhere; else null.</summary>
    public DateTimeOffset? RetryAt { get; } = retryAt;
}

/// <summary>The token lacks a right (403, 451).</summary>
/// <remarks><see cref="GitHubException.AcceptedPermissions"/> names the right when GitHub says so.</remarks>
public sealed class GitHubPermissionException(GitHubFailure failure) : GitHubException(failure, isTerminal: true);

/// <summary>The organisation's plan lacks the feature for such a repository (403); no permission helps.</summary>
public sealed class FeatureUnavailableException(GitHubFailure failure) : GitHubException(failure, isTerminal: true);

/// <summary>The repository or object is not there, or this token may not see it (404).</summary>
/// <remarks>
/// Not terminal: GitHub also answers 404 for some seconds after a create, and for a right that is missing. Who knows
/// that those seconds are over may call it terminal.
/// </remarks>
public sealed class GitHubNotFoundException(GitHubFailure failure) : GitHubException(failure, isTerminal: false);

/// <summary>There is no such organisation, or the credentials may make nothing in it; GitHub does not tell the two apart.</summary>
/// <remarks>Not terminal: installing the App in the organisation mends it.</remarks>
public sealed class OrganisationNotFoundException(GitHubFailure failure) : GitHubException(failure, isTerminal: false);

/// <summary>GitHub pointed to a place where the request must not follow.</summary>
/// <remarks>
/// Another host would get the token; a write that was moved wants a fresh look at the repository first.
/// </remarks>
public sealed class GitHubRedirectException(GitHubFailure failure) : GitHubException(failure, isTerminal: false);

/// <summary>Somebody else was quicker, or the repository is not ready (409, or 422 for a branch that moved).</summary>
/// <remarks>Read again, and repeat the whole step.</remarks>
public sealed class GitHubConflictException(GitHubFailure failure) : GitHubException(failure, isTerminal: false);

/// <summary>The request is wrong in itself (400, 410, 422), or was refused before it was sent.</summary>
/// <remarks><see cref="GitHubException.StatusCode"/> is null when nothing was sent.</remarks>
public sealed class GitHubValidationException(GitHubFailure failure) : GitHubException(failure, isTerminal: true);

/// <summary>A repository of that name exists already (422).</summary>
/// <remarks>It is no proof of who made it; look before adopting.</remarks>
public sealed class NameTakenException(GitHubFailure failure) : GitHubException(failure, isTerminal: true);

/// <summary>The repository is archived and so read-only (403).</summary>
/// <remarks>Unarchive it with <see cref="RepositorySettings.Archived"/>, or leave it alone.</remarks>
public sealed class RepositoryArchivedException(GitHubFailure failure) : GitHubException(failure, isTerminal: true);

/// <summary>The repository holds a history that is not ours, so no scaffold was written.</summary>
/// <remarks>Nothing in it was changed.</remarks>
public sealed class RepositoryNotEmptyException(GitHubFailure failure) : GitHubException(failure, isTerminal: true);

/// <summary>A rule of the repository or its organisation refuses commits to the branch.</summary>
/// <remarks>
/// Not terminal: whoever made the rule can let the operator's App bypass it. See
/// <see href="https://docs.github.com/en/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets/about-rulesets"/>.
/// </remarks>
public sealed class BranchProtectedException(GitHubFailure failure) : GitHubException(failure, isTerminal: false);
