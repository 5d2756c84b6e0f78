using Idp.Entities;
using Idp.GitHub;

namespace Idp.Operator.Repositories.Features;

/// <summary>A part of a repository that GitHub refused to show or to set, while all others go on.</summary>
/// <param name="Feature">The part, as people call it.</param>
/// <param name="Reason">One CamelCase word.</param>
/// <param name="Message">What was refused and what to do.</param>
/// <param name="IsPassing">Whether it is worth trying again soon.</param>
public sealed record FeatureRefusal(string Feature, string Reason, string Message, bool IsPassing = false)
{
    /// <summary>For so long GitHub may not know everywhere what it has just made, and says 404.</summary>
    private static readonly TimeSpan YoungFor = TimeSpan.FromMinutes(2);

    /// <summary>The refusal that an error stands for.</summary>
    /// <param name="feature">The part.</param>
    /// <param name="error">What the client threw; its message holds no credentials.</param>
    /// <param name="age">How long ago the repository was made.</param>
    public static FeatureRefusal Of(string feature, GitHubException error, TimeSpan age) =>
        error switch
        {
            GitHubPermissionException => new(feature, Reasons.GitHubPermissionMissing, $"{error.Message} {Grant(error)}"),
            FeatureUnavailableException => new(
                feature,
                Reasons.GitHubFeatureMissing,
                $"{error.Message} No permission helps: another plan does, a public repository, or to take it out of github.repository in platform.yaml."),
            GitHubNotFoundException => new(
                feature,
                Reasons.GitHubRefused,
                $"{error.Message} What it names does not exist, or the credentials may not see it. {Grant(error)}",
                IsPassing: age < YoungFor),
            GitHubValidationException => new(feature, Reasons.GitHubRefused, error.Message),
            RateLimitedException limited => new(
                feature, Reasons.GitHubRateLimited, $"GitHub's rate limit is used up until {limited.ResumeAt:u}.", IsPassing: true),
            GitHubUnauthorizedException or TokenUnavailableException => new(feature, Reasons.GitHubUnauthorized, error.Message),
            _ => new(feature, Reasons.GitHubUnavailable, error.Message, IsPassing: true),
        };

    private static string Grant(GitHubException error) => error.AcceptedPermissions is { Length: > 0 } permissions
        ? $"Grant the operator's credentials {permissions}."
        : "The platform team has to look at what the operator's credentials may do.";
}
