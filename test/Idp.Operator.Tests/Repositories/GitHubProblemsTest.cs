using Idp.Entities;
using Idp.GitHub;
using Idp.Operator.Repositories;

namespace Idp.Operator.Tests.Repositories;

public sealed class GitHubProblemsTest
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly GitHubFailure Refused = new() { Message = "GitHub was asked to show a/b and answered 401: Bad credentials." };

    [Fact]
    public void AYoungTokenIsAMatterOfSeconds()
    {
        var problem = GitHubProblems.Of(new GitHubUnauthorizedException(Refused, Now.AddSeconds(2)), Now);

        problem.Reason.Should().Be(Reasons.GitHubUnavailable);
        problem.IsTerminal.Should().BeFalse();
        problem.RetryAfter.Should().Be(TimeSpan.FromSeconds(2));
        problem.Message.Should().Contain("goes on at 2026-03-01 12:00:02Z");
    }

    [Fact]
    public void TheTimeMayHaveComeAlready() =>
        GitHubProblems.Of(new GitHubUnauthorizedException(Refused, Now.AddSeconds(-2)), Now).RetryAfter.Should().Be(TimeSpan.FromSeconds(1));

    [Fact]
    public void CredentialsThatDoNotWorkAreForPeople()
    {
        GitHubException[] errors = [new GitHubUnauthorizedException(Refused), new TokenUnavailableException("App 1 is not installed in acme.")];
        foreach (var problem in errors.Select(error => GitHubProblems.Of(error, Now)))
        {
            problem.Reason.Should().Be(Reasons.GitHubUnauthorized);
            problem.IsTerminal.Should().BeFalse();
            problem.RetryAfter.Should().BePositive();
            problem.Message.Should().EndWith("The platform team has to mend the credentials that platform.yaml names.");
        }
    }
}
