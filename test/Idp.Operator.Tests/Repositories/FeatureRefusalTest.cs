using System.Net;
using Idp.Entities;
using Idp.GitHub;
using Idp.Operator.Repositories;

namespace Idp.Operator.Tests.Repositories;

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
        var refusal = FeatureRefusal.Of(RepositoryFeature.Variables, error, TimeSpan.FromDays(1));

        refusal.Reason.Should().Be(reason);
        refusal.IsPassing.Should().Be(isPassing);
        refusal.Feature.Should().Be(RepositoryFeature.Variables);
    }

    [Fact]
    public void AMissingPermission_IsNamed() =>
        FeatureRefusal.Of(RepositoryFeature.Variables, new GitHubPermissionException(Failure), TimeSpan.Zero)
            .Message.Should().Be("GitHub was asked to set X and answered. Grant the operator's credentials variables=write.");

    [Fact]
    public void ARepositoryThatGitHubMadeJustNow_MayNotBeKnownEverywhereYet() =>
        FeatureRefusal.Of(RepositoryFeature.Teams, new GitHubNotFoundException(Failure), TimeSpan.FromSeconds(5)).IsPassing.Should().BeTrue();
}
