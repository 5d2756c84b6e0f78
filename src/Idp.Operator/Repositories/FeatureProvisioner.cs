using Idp.GitHub;

namespace Idp.Operator.Repositories;

/// <summary>Carries out the steps that concern a repository beyond its files, each for itself.</summary>
internal sealed class FeatureProvisioner(GitHubAccess access, TimeProvider clock)
{
    /// <summary>Does one step; a refusal becomes part of the outcome, and the next step goes on.</summary>
    public async Task<RepositoryOutcome> DoAsync(FeatureStep step, RepositoryOutcome state, CancellationToken cancellationToken)
    {
        var repository = state.Repository!;
        try
        {
            var github = access.For(repository.Owner);
            if (step is FeatureStep.Settings settings)
            {
                return Taken(state, settings.Values, await github.UpdateRepositoryAsync(repository.Id, settings.Values, cancellationToken));
            }

            await DoAsync(step, repository, github.Administration, cancellationToken);
            return state;
        }
        catch (GitHubException error)
        {
            return Refused(state, step.Feature, error);
        }
    }

    /// <summary>Keeps what GitHub answered to a change of settings, and says what it did not take.</summary>
    public static RepositoryOutcome Taken(RepositoryOutcome state, RepositorySettings wanted, Repository answer)
    {
        var ignored = RepositorySettingsPlan.Difference(wanted, answer);
        return state with
        {
            Repository = answer,
            Refusals = RepositorySettingsPlan.IsEmpty(ignored)
                ? state.Refusals
                : [.. state.Refusals, new FeatureRefusal(RepositoryFeature.Settings, Entities.Reasons.GitHubRefused, IgnoredMessage(answer, ignored))],
        };
    }

    /// <summary>Keeps a refusal.</summary>
    public RepositoryOutcome Refused(RepositoryOutcome state, RepositoryFeature feature, GitHubException error)
    {
        var refusal = FeatureRefusal.Of(feature, error, clock.GetUtcNow() - state.Repository!.CreatedAt);
        return state with { Refusals = [.. state.Refusals, refusal] };
    }

    private static async Task DoAsync(
        FeatureStep step, Repository repository, RepositoryAdministration github, CancellationToken cancellationToken)
    {
        switch (step)
        {
            case FeatureStep.Properties properties:
                await github.Properties.SetAsync(repository, properties.Values, cancellationToken);
                break;
            case FeatureStep.Team team:
                await github.Teams.GrantAsync(repository, team.Slug, team.Permission, cancellationToken);
                break;
            case FeatureStep.Environment environment:
                await SetEnvironmentAsync(environment, repository, github, cancellationToken);
                break;
            case FeatureStep.Variable { Exists: true } variable:
                await github.Variables.UpdateAsync(repository, variable.Name, variable.Value, cancellationToken);
                break;
            case FeatureStep.Variable variable:
                await github.Variables.CreateAsync(repository, variable.Name, variable.Value, cancellationToken);
                break;
            case FeatureStep.Alerts alerts:
                await github.Alerts.SetAsync(repository, alerts.On, cancellationToken);
                break;
            case FeatureStep.Rules { Wanted: { Id: 0 } wanted }:
                await github.Rulesets.CreateAsync(repository, wanted, cancellationToken);
                break;
            case FeatureStep.Rules rules:
                await github.Rulesets.UpdateAsync(repository, rules.Wanted, cancellationToken);
                break;
            default:
                throw new InvalidOperationException($"There is no way to {step.Summary}.");
        }
    }

    private static async Task SetEnvironmentAsync(
        FeatureStep.Environment step, Repository repository, RepositoryAdministration github, CancellationToken cancellationToken)
    {
        List<EnvironmentReviewer> reviewers = [];
        foreach (var slug in step.Reviewers)
        {
            reviewers.Add(EnvironmentReviewer.Team(await github.Teams.GetIdAsync(repository.Owner, slug, cancellationToken), slug));
        }

        var wanted = reviewers.Count > 0 ? step.Kept with { Reviewers = reviewers } : step.Kept;
        await github.Environments.PutAsync(repository, wanted, cancellationToken);
    }

    private static string IgnoredMessage(Repository repository, RepositorySettings ignored) =>
        $"GitHub took the settings of {repository.FullName} without an error but not {RepositorySettingsPlan.Name(ignored)}: "
        + "the plan or the organisation does not allow it; take it out of github.repository in platform.yaml, or allow it there.";
}
