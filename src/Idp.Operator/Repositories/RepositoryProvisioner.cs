using Idp.Entities;
using Idp.GitHub;

namespace Idp.Operator.Repositories;

/// <summary>Carries out the steps of a plan.</summary>
/// <remarks>Every step can be repeated: a process that dies between two of them leaves a state from which the next plan goes on.</remarks>
public sealed class RepositoryProvisioner(
    GitHubAccess access, IOwnershipRecords ownership, RepositoryObserver observer, TimeProvider clock)
{
    /// <summary>Who makes the commits.</summary>
    internal static readonly CommitAuthor Committer = new("idp-operator", "idp-operator@users.noreply.github.com", default);

    private readonly FeatureProvisioner _features = new(access, clock);
    private readonly TemplateProvisioner _templates = new(access, clock);

    /// <summary>Does the steps in order, and stops at the first that GitHub refuses; beyond the files each goes its own way.</summary>
    /// <param name="work">What to do, and to what.</param>
    /// <param name="cancellationToken">Ends the work between two requests.</param>
    /// <returns>How far it came; a refusal is in <see cref="RepositoryOutcome.Problem"/>, never thrown.</returns>
    public async Task<RepositoryOutcome> ExecuteAsync(RepositoryWork work, CancellationToken cancellationToken)
    {
        var state = new RepositoryOutcome
        {
            Repository = work.Observed.IsOurs && work.Plan.Problem is null ? work.Observed.Repository : null,
            Commit = work.Observed.IsLaid ? work.Desired.KnownCommit ?? work.Observed.Head : null,
            Marker = work.Observed.Marker,
            Problem = work.Plan.Problem,
            Refusals = work.Observed.Features.Refusals,
        };
        try
        {
            if (work.Plan.IsMaking)
            {
                work = work with { Keys = await ownership.GetKeysAsync(cancellationToken) };
            }

            using var reservation = Reserve(work);
            foreach (var step in work.Plan.Steps)
            {
                state = await DoAsync(step, work, state, cancellationToken);
                if (state.Problem is not null)
                {
                    return state;
                }
            }

            if (work.Plan.Problem is null && !state.Refusals.Any(refusal => refusal.IsPassing))
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

    // GitHub's answers to the steps say as much as another look would.
    private static ObservedRepository Seen(RepositoryOutcome state) =>
        new()
        {
            Repository = state.Repository,
            Marker = state.Marker,
            IsProven = true,
            Head = state.Commit,
            IsLaid = true,
            Features = new ObservedFeatures { IsSettled = true, Refusals = state.Refusals },
        };

    private async Task<RepositoryOutcome> DoAsync(
        RepositoryStep step, RepositoryWork work, RepositoryOutcome state, CancellationToken cancellationToken)
    {
        var github = access.For(work.Desired.Owner);
        switch (step)
        {
            case RepositoryStep.Create create:
                return state with { Repository = await github.CreateRepositoryAsync(work.Desired.Owner, work.Announced(create.Request, clock.GetUtcNow()), cancellationToken) };
            case RepositoryStep.Scaffold:
                var marker = work.MarkerFor(state.Repository!);
                var commit = await github.CommitScaffoldAsync(state.Repository!, ScaffoldOf(work with { Marker = marker }), cancellationToken);
                return state with { Commit = commit, Marker = marker, WasMade = true };
            case RepositoryStep.Claim:
                return await ClaimAsync(work, state, cancellationToken);
            case RepositoryStep.Generate generate:
                return await _templates.GenerateAsync(generate, work, state, cancellationToken);
            case RepositoryStep.Mark mark:
                return await _templates.MarkAsync(mark, work, state, cancellationToken);
            case RepositoryStep.Adopt:
                return await AdoptAsync(work, state, cancellationToken);
            case RepositoryStep.Update update:
                return await UpdateAsync(github, update, state, cancellationToken);
            case FeatureStep feature:
                return await _features.DoAsync(feature, state, cancellationToken);
            case RepositoryStep.Topics topics:
                await github.ReplaceTopicsAsync(state.Repository!, topics.Names, cancellationToken);
                return state with { Repository = state.Repository! with { Topics = topics.Names } };
            default:
                throw new InvalidOperationException($"There is no way to {step.Summary}.");
        }
    }

    private async Task<RepositoryOutcome> UpdateAsync(
        GitHubClient github, RepositoryStep.Update step, RepositoryOutcome state, CancellationToken cancellationToken)
    {
        var id = state.Repository!.Id;
        try
        {
            var all = RepositorySettingsPlan.Join(step.Settings, step.Along);
            return FeatureProvisioner.Taken(state, step.Along, await github.UpdateRepositoryAsync(id, all, cancellationToken));
        }
        catch (GitHubValidationException error) when (!RepositorySettingsPlan.IsEmpty(step.Along))
        {
            var refused = _features.Refused(state, RepositoryFeature.Settings, error);
            return refused with { Repository = await github.UpdateRepositoryAsync(id, step.Settings, cancellationToken) };
        }
    }

    // Of two that adopt at once, one finds that the record is not what it was when that was decided.
    private async Task<RepositoryOutcome> ClaimAsync(RepositoryWork work, RepositoryOutcome state, CancellationToken cancellationToken)
    {
        var repository = work.Observed.Repository!;
        var isRecorded = await ownership.RecordAdoptionAsync(
            repository.Id, work.Observed.Adopter, work.Desired.BelongsTo.Name, cancellationToken);
        return isRecorded
            ? state with { Repository = repository }
            : state with { Problem = new RepositoryProblem(Reasons.RepositoryConflict, AdoptedMeanwhile(repository), IsTerminal: false) };
    }

    private static string AdoptedMeanwhile(Repository repository) =>
        $"spec.repository.name: {repository.FullName} was adopted by another BackendApp at this very moment; it is looked at again.";

    private async Task<RepositoryOutcome> AdoptAsync(RepositoryWork work, RepositoryOutcome state, CancellationToken cancellationToken)
    {
        var marker = (work with { Marker = RepositoryMarker.Of(work.Desired.BelongsTo) }).MarkerFor(state.Repository!);
        var file = new FileCommit
        {
            Author = Committer with { Date = clock.GetUtcNow() },
            Path = RepositoryMarker.Path,
            Message = $"Adopt this repository for {marker.Owner}",
            Content = RepositoryFile.Text(RepositoryMarker.Path, marker.ToFile()).Content,
        };
        var commit = await access.For(work.Desired.Owner).CommitFileAsync(state.Repository!, file, cancellationToken);
        return state with { Commit = commit ?? work.Observed.Head, Marker = marker };
    }

    // Who makes something new waits for its turn; the pushes that fill it spend nothing of that limit.
    private IDisposable? Reserve(RepositoryWork work)
    {
        var requests = work.Plan.Steps.Count(step => step is RepositoryStep.Create or RepositoryStep.Generate);
        return requests == 0 ? null : access.For(work.Desired.Owner).Budget.Reserve(work.Desired.BelongsTo.Key, work.Desired.Team, requests);
    }

    private static Scaffold ScaffoldOf(RepositoryWork work) => new()
    {
        Message = $"Lay the golden path {work.Marker.Template} {work.Marker.Version}\n\nMade for {work.Marker.Owner}.",
        Author = Committer with { Date = work.Since },
        Files = [.. work.Files, RepositoryFile.Text(RepositoryMarker.Path, work.Marker.ToFile())],
    };
}
