using System.Net;
using Idp.Entities;
using Idp.GitHub;
using Idp.Operator.Repositories.Features;

namespace Idp.Operator.Tests.Repositories.Features;

public sealed class FeatureRefusalTest
{
    private static readonly GitHubFailure Failure = new()
    {
        Message = "GitHub was asked to set X and answered.",
        StatusCode = HttpStatusCode.Forbidden,
        AcceptedPermissions = "variables=write",
    };

    public static TheoryData<GitHubException, string, bool> Errors => new()
    {
        { new GitHubPermissionException(Failure), Reasons.GitHubPermissionMissing, false },
        { new FeatureUnavailableException(Failure), Reasons.GitHubFeatureMissing, false },
        { new GitHubNotFoundException(Failure), Reasons.GitHubRefused, false },
        { new GitHubValidationException(Failure), Reasons.GitHubRefused, false },
        { new RateLimitedException(Failure, DateTimeOffset.UnixEpoch), Reasons.GitHubRateLimited, true },
        { new GitHubUnauthorizedException(Failure), Reasons.GitHubUnauthorized, false },
        { new GitHubUnavailableException(Failure), Reasons.GitHubUnavailable, true },
        { new GitHubConflictException(Failure), Reasons.GitHubUnavailable, true },
    };

    [Theory]
    [MemberData(nameof(Errors))]
    public void EveryErrorHasItsReason_AndOnlyWhatPassesIsTriedSoon(GitHubException error, string reason, bool isPassing)
    {
        var refusal = FeatureRefusal.Of("variables", error, TimeSpan.FromDays(1));

        refusal.Reason.Should().Be(reason);
        refusal.IsPassing.Should().Be(isPassing);
        refusal.Feature.Should().Be("variables");
    }

    [Fact]
    public void AMissingPermission_IsNamed() =>
        FeatureRefusal.Of("variables", new GitHubPermissionException(Failure), TimeSpan.Zero)
            .Message.Should().Be("GitHub was asked to set X and answered. Grant the operator's credentials variables=write.");

    [Fact]
    public void ARepositoryThatGitHubMadeJustNow_MayNotBeKnownEverywhereYet() =>
        FeatureRefusal.Of("teams", new GitHubNotFoundException(Failure), TimeSpan.FromSeconds(5)).IsPassing.Should().BeTrue();
}
