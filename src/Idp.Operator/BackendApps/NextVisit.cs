using Idp.Entities;
using Idp.Kubernetes.Apply;
using Idp.Kubernetes.Controllers;
using Idp.Operator.Repositories;

namespace Idp.Operator.BackendApps;

/// <summary>Decides when a BackendApp is looked at again, should nothing change before.</summary>
internal static class NextVisit
{
    private static readonly TimeSpan SoonAgain = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LookAgain = TimeSpan.FromMinutes(10);

    /// <summary>Who waits for others to be brought up to date first is told by no event when they are.</summary>
    private static readonly TimeSpan TurnAgain = TimeSpan.FromMinutes(2);

    /// <summary>The answer to the runtime, which spreads long intervals by itself.</summary>
    /// <param name="app">The application.</param>
    /// <param name="plan">What was to be done.</param>
    /// <param name="result">What was done.</param>
    /// <param name="poll">How often GitHub is looked at where nothing is amiss.</param>
    public static ReconciliationResult<BackendApp> After(BackendApp app, BackendAppPlan plan, AppResult result, TimeSpan poll)
    {
        if (plan.Problem is { } problem)
        {
            return ReconciliationResult<BackendApp>.Stalled(app, problem.Reason, problem.Message);
        }

        if (result.Report is { Succeeded: false } report)
        {
            if (Contested(report) is { RetryAfter: { } pause } contested)
            {
                return ReconciliationResult<BackendApp>.Waiting(app, pause, contested.Message);
            }

            var error = report.Objects.FirstOrDefault(applied => applied.Error is not null)?.Error;
            return ReconciliationResult<BackendApp>.Failure(app, "Not every environment could be applied.", error);
        }

        var repositories = result.Repositories;
        return repositories.Problem switch
        {
            null => ReconciliationResult<BackendApp>.Success(app, Soonest(plan, repositories, poll)),

            // What people mend on GitHub causes no event here, so it is looked for; not even a webhook tells of a repository that is not ours.
            { IsTerminal: true } refused =>
                ReconciliationResult<BackendApp>.Waiting(app, poll < LookAgain ? poll : LookAgain, refused.Message),
            { RetryAfter: { } wait } limited => ReconciliationResult<BackendApp>.Waiting(app, wait, limited.Message),
            var failed => ReconciliationResult<BackendApp>.Failure(app, failed.Message),
        };
    }

    private static TimeSpan Soonest(BackendAppPlan plan, RepositoryOutcome repositories, TimeSpan poll)
    {
        var next = repositories.Refusals.Any(refusal => refusal.IsPassing) ? SoonAgain : repositories.NextLook ?? poll;
        TimeSpan?[] others = [plan.TemplateWaits is { } waits ? waits.RetryAfter ?? TurnAgain : null, repositories.Update?.Problem?.RetryAfter];
        return others.OfType<TimeSpan>().Append(next).Min();
    }

    /// <summary>What is to be looked at first, where nothing is amiss but that others rewrite what is ours.</summary>
    private static AppliedObject? Contested(ApplyReport report)
    {
        var troubles = report.Objects.Where(applied => !applied.Succeeded).ToList();
        return troubles.TrueForAll(applied => applied.Outcome == ApplyOutcome.Contested)
            ? troubles.MinBy(applied => applied.RetryAfter)
            : null;
    }
}
