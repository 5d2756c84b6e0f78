using Idp.GitHub;
using Idp.Operator.Repositories.Features;

namespace Idp.Operator.Repositories;

/// <summary>Carries out the steps of a plan.</summary>
public sealed class RepositoryProvisioner(
    GitHubAccess access, IOwnershipRecords ownership, RepositoryObserver observer, TimeProvider clock)
{
    /// <summary>Does the steps in order, and stops at the first that GitHub refuses; beyond the files each goes its own way.</summary>
    /// <param name="work">What to do, and to what.</param>
    /// <param name="cancellationToken">Ends the work between two requests.</param>
    /// <returns>How far it came; a refusal is in <see cref="RepositoryOutcome.Problem"/>, never thrown.</returns>
    public async Task<RepositoryOutcome> ExecuteAsync(RepositoryWork work, CancellationToken cancellationToken)
    {
        var state = Begin(work);
        try
        {
            var context = new StepContext(work, access, ownership, clock)
            {
                Keys = work.Plan.Signs ? await ownership.GetKeysAsync(cancellationToken) : null,
            };
            using var reservation = Reserve(work);
            foreach (var step in work.Plan.Steps)
            {
                state = await step.DoAsync(context, state, cancellationToken);
                if (state.Problem is not null)
                {
                    return state;
                }
            }

            if (work.Plan.IsOnlyUpdate)
            {
                observer.Amend(work.Desired.BelongsTo, seen => seen with { Update = state.Update, PullRequest = state.PullRequest });
            }
            else if (work.Plan.Problem is null && !state.Refusals.Any(refusal => refusal.IsPassing))
            {
                observer.Remember(work.Desired.BelongsTo, work.Version, work.Plan.Steps.Count == 0 ? work.Observed : Seen(state));
            }

            return state with { NextLook = observer.NextLook(work.Desired.BelongsTo) };
        }
        catch (GitHubException error)
        {
            // What was reached so far must get into status (the id above all), so a refusal is an outcome here.
            return state with { Problem = GitHubProblems.Of(error, clock.GetUtcNow()) };
        }
        catch (OwnershipUnknownException error)
        {
            return state with { Problem = GitHubProblems.Of(error) };
        }
    }

    private static RepositoryOutcome Begin(RepositoryWork work) => new()
    {
        Repository = work.Observed.IsOurs && work.Plan.Problem is null ? work.Observed.Repository : null,
        Commit = work.Observed.IsLaid ? work.Desired.KnownCommit ?? work.Observed.Head : null,
        Marker = work.Observed.Marker,
        Problem = work.Plan.Problem,
        Lock = work.Observed.Lock,
        Update = work.Observed.Update,
        PullRequest = work.Observed.PullRequest,
        Checks = work.Observed.Checks,
        Refusals = work.Observed.Features.Refusals,
    };

    // GitHub's answers to the steps say as much as another look would.
    private static ObservedRepository Seen(RepositoryOutcome state) => new()
    {
        Repository = state.Repository,
        Marker = state.Marker,
        IsProven = true,
        Head = state.Commit,
        IsLaid = true,
        Update = state.Update,
        PullRequest = state.PullRequest,
        Checks = state.Checks,
        Features = new ObservedFeatures { IsSettled = true, Refusals = state.Refusals },
    };

    // Who makes something new waits for its turn; the pushes that fill it spend nothing of that limit.
    private IDisposable? Reserve(RepositoryWork work)
    {
        var requests = work.Plan.Steps.Count(step => step is RepositoryStep.Create or RepositoryStep.Generate);
        return requests == 0 ? null : access.For(work.Desired.Owner).Budget.Reserve(work.Desired.BelongsTo.Key, work.Desired.Team, requests);
    }
}
