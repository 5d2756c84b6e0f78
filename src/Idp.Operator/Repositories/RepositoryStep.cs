using Idp.Entities;
using Idp.GitHub;
using Idp.Operator.GoldenPaths.Updates;
using Idp.Operator.Reporting;
using Idp.Operator.Repositories.Features;

namespace Idp.Operator.Repositories;

/// <summary>One thing to do to a repository: what people are told of it, and how it is done.</summary>
/// <remarks>Every step can be repeated: a process that dies between two of them leaves a state from which the next plan goes on.</remarks>
/// <param name="Summary">The step for people, as <c>plan</c> prints it.</param>
public abstract partial record RepositoryStep(string Summary)
{
    /// <summary>Does it.</summary>
    /// <param name="context">What it is done with.</param>
    /// <param name="state">How far the steps before came.</param>
    /// <param name="cancellationToken">Ends it between two requests.</param>
    /// <returns>How far it came; a <see cref="RepositoryOutcome.Problem"/> ends the work.</returns>
    /// <exception cref="GitHubException">GitHub did not answer, or refused.</exception>
    internal abstract Task<RepositoryOutcome> DoAsync(StepContext context, RepositoryOutcome state, CancellationToken cancellationToken);

    /// <summary>Creates the repository, empty, with the sign whose it is in the description.</summary>
    public sealed record Create(NewRepository Request, string FullName) : RepositoryStep($"create {FullName}")
    {
        internal override async Task<RepositoryOutcome> DoAsync(StepContext context, RepositoryOutcome state, CancellationToken cancellationToken) =>
            state with { Repository = await context.GitHub.CreateRepositoryAsync(context.Desired.Owner, context.Announced(Request), cancellationToken) };
    }

    /// <summary>Lays the golden path as one commit.</summary>
    public sealed record Scaffold() : RepositoryStep("commit the golden path")
    {
        internal override async Task<RepositoryOutcome> DoAsync(StepContext context, RepositoryOutcome state, CancellationToken cancellationToken)
        {
            var marker = context.Sign(context.Work.Marker, state.Repository!);
            var brought = context.Work.Lock ?? throw new InvalidOperationException("Files are laid together with their lock.");
            var scaffold = new GitHub.Scaffold
            {
                Message = $"Lay the golden path {marker.Template} {marker.Version}\n\nMade for {marker.Owner}.",
                Author = StepContext.Committer with { Date = context.Work.Since },
                Files = [.. context.Work.Files, RepositoryFile.Text(RepositoryMarker.Path, marker.ToFile()), context.Sign(brought, state.Repository!)],
                Aside = GoldenPathUpdater.Memory,
            };
            var commit = await context.GitHub.CommitScaffoldAsync(state.Repository!, scaffold, cancellationToken);
            return state with { Commit = commit, Marker = marker, Lock = brought, WasMade = true };
        }
    }

    /// <summary>Brings the files to what the golden path is now, by a pull request; what comes of it never keeps anything else from being done.</summary>
    public sealed record BringUpToDate(DesiredUpdate Wanted, string FullName)
        : RepositoryStep($"compare {FullName} with the golden path {Wanted.Target.Template} {Wanted.Target.Version}, and open or update one pull request if anything is missing")
    {
        internal override async Task<RepositoryOutcome> DoAsync(StepContext context, RepositoryOutcome state, CancellationToken cancellationToken)
        {
            var outcome = await context.BringAsync(Wanted, state.Repository!.Id, cancellationToken);
            return state with { Update = outcome, PullRequest = outcome.PullRequest, Checks = ChecksState.None };
        }
    }

    /// <summary>Records, where only the operator writes, that a repository is taken in.</summary>
    public sealed record Claim(string FullName) : RepositoryStep($"record the adoption of {FullName}")
    {
        // Of two that adopt at once, one finds that the record is not what it was when that was decided.
        internal override async Task<RepositoryOutcome> DoAsync(StepContext context, RepositoryOutcome state, CancellationToken cancellationToken)
        {
            var repository = context.Work.Observed.Repository!;
            return await context.Ownership.RecordAdoptionAsync(repository.Id, context.Work.Observed.Adopter, context.Desired.BelongsTo.Name, cancellationToken)
                ? state with { Repository = repository }
                : state with { Problem = new Problem(Reasons.RepositoryConflict, AdoptedMeanwhile(repository), IsTerminal: false) };
        }

        private static string AdoptedMeanwhile(Repository repository) =>
            $"spec.repository.name: {repository.FullName} was adopted by another BackendApp at this very moment; it is looked at again.";
    }

    /// <summary>Writes the marker into a repository that is taken in.</summary>
    public sealed record Adopt() : RepositoryStep($"adopt: commit {RepositoryMarker.Path}")
    {
        internal override async Task<RepositoryOutcome> DoAsync(StepContext context, RepositoryOutcome state, CancellationToken cancellationToken)
        {
            var marker = context.Sign(RepositoryMarker.Of(context.Desired.BelongsTo), state.Repository!);
            var commit = await context.CommitAsync(marker, $"Adopt this repository for {marker.Owner}", state.Repository!, cancellationToken);
            return state with { Commit = commit ?? context.Work.Observed.Head, Marker = marker };
        }
    }

    /// <summary>Sets what differs of the settings: one request for what the manifest decides and what the platform decides.</summary>
    /// <param name="Settings">What the manifest decides; only that can fail the step.</param>
    /// <param name="What">All of it in words.</param>
    public sealed record Update(RepositorySettings Settings, string What) : RepositoryStep($"set {What}")
    {
        /// <summary>What the platform decides and goes along; a refusal of it must not keep the rest from being set.</summary>
        public RepositorySettings Along { get; init; } = new();

        internal override async Task<RepositoryOutcome> DoAsync(StepContext context, RepositoryOutcome state, CancellationToken cancellationToken)
        {
            var (github, id) = (context.GitHubOf(state.Repository!), state.Repository!.Id);
            try
            {
                var all = RepositorySettingsFeature.Join(Settings, Along);
                return RepositorySettingsFeature.Taken(state, Along, await github.UpdateRepositoryAsync(id, all, cancellationToken));
            }
            catch (GitHubException error) when (RepositorySettingsFeature.IsEmpty(Settings))
            {
                return context.Refused(state, RepositorySettingsFeature.Name, error);
            }
            catch (GitHubValidationException error) when (!RepositorySettingsFeature.IsEmpty(Along))
            {
                var refused = context.Refused(state, RepositorySettingsFeature.Name, error);
                return refused with { Repository = await github.UpdateRepositoryAsync(id, Settings, cancellationToken) };
            }
        }
    }

    /// <summary>Replaces the topics.</summary>
    public sealed record Topics(IReadOnlyList<string> Names) : RepositoryStep($"set topics to {string.Join(", ", Names)}")
    {
        internal override async Task<RepositoryOutcome> DoAsync(StepContext context, RepositoryOutcome state, CancellationToken cancellationToken)
        {
            await context.GitHub.ReplaceTopicsAsync(state.Repository!, Names, cancellationToken);
            return state with { Repository = state.Repository! with { Topics = Names } };
        }
    }
}
