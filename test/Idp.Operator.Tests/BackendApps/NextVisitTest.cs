using Idp.Entities;
using Idp.Operator.BackendApps;
using Idp.Operator.Reporting;
using Idp.Operator.Repositories;

namespace Idp.Operator.Tests.BackendApps;

public sealed class NextVisitTest
{
    [Theory]
    [InlineData(5, 5)]
    [InlineData(60, 60)]
    public void ARepositoryInOrder_IsLookedAtAsOftenAsThePlatformSays(int poll, int minutes) =>
        After(problem: null, poll).Should().Be(TimeSpan.FromMinutes(minutes));

    [Theory]
    [InlineData(5, 5)]
    [InlineData(60, 10)]
    public void OneThatOnlyPeopleCanMend_IsLookedAtEveryTenMinutesAtTheLatest(int poll, int minutes) =>
        After(new Problem(Reasons.RepositoryConflict, "It is somebody else's.", IsTerminal: true), poll)
            .Should().Be(TimeSpan.FromMinutes(minutes), "no webhook tells of a repository that is not ours");

    private static TimeSpan? After(Problem? problem, int poll)
    {
        var app = Apps.Read("{}");
        var plan = BackendAppPlan.For(app, Apps.World());
        var result = new AppResult { Repository = new RepositoryOutcome { Problem = problem }, Environments = [] };
        return NextVisit.After(app, plan, result, TimeSpan.FromMinutes(poll)).RequeueAfter;
    }
}
