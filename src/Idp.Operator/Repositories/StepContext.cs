using Idp.Entities;
using Idp.GitHub;
using Idp.Operator.GoldenPaths;
using Idp.Operator.GoldenPaths.Updates;
using Idp.Operator.Reporting;
using Idp.Operator.Repositories.Features;

namespace Idp.Operator.Repositories;

/// <summary>What the steps of one plan are done with.</summary>
/// <param name="Work">The plan, and what it was made from.</param>
/// <param name="Access">GitHub.</param>
/// <param name="Ownership">The operator's own records.</param>
/// <param name="Clock">Where time comes from.</param>
internal sealed record StepContext(RepositoryWork Work, GitHubAccess Access, IOwnershipRecords Ownership, TimeProvider Clock)
{
    /// <summary>Who makes the commits.</summary>
    public static readonly CommitAuthor Committer = new("idp-operator", "idp-operator@users.noreply.github.com", default);

    /// <summary>What the operator signs with; null where nothing is to be signed.</summary>
    public OwnershipKeys? Keys { get; init; }

    /// <summary>What is wanted.</summary>
    public DesiredRepository Desired => Work.Desired;

    /// <summary>GitHub, as who works for the owner that is wanted.</summary>
    public GitHubClient GitHub => Access.For(Desired.Owner);

    /// <summary>The present time.</summary>
    public DateTimeOffset Now => Clock.GetUtcNow();

    private OwnershipKeys SigningKeys => Keys ?? throw new InvalidOperationException("The plan makes nothing, so nothing is signed.");

    /// <summary>GitHub, as who works for the owner that a repository has now.</summary>
    public GitHubClient GitHubOf(Repository repository) => Access.For(repository.Owner);

    /// <summary>A request to create the repository, with the sign whose it will be.</summary>
    public NewRepository Announced(NewRepository request) =>
        request with { Description = CreationMarker.Of(SigningKeys, Desired.BelongsTo, Desired.FullName, Now).ToString() };

    /// <summary>A marker as it is committed: signed for one repository.</summary>
    public RepositoryMarker Sign(RepositoryMarker marker, Repository repository) => marker.SignFor(Desired.BelongsTo, repository.Id, SigningKeys);

    /// <summary>A lock as it is committed: signed for one repository.</summary>
    public RepositoryFile Sign(GoldenPathLock brought, Repository repository) =>
        RepositoryFile.Text(GoldenPathLock.Path, brought.SignFor(repository.Id, SigningKeys).ToFile());

    /// <summary>Brings the files of a repository up to date; what stands in the way is in the outcome, never thrown.</summary>
    public async Task<UpdateOutcome> BringAsync(DesiredUpdate wanted, long repositoryId, CancellationToken cancellationToken)
    {
        try
        {
            // Nobody waits for it, so it comes after all that somebody waits for.
            using var turn = GitHub.Budget.ReserveInBackground(1);

            // By its number: the name that is remembered may be another repository's by now.
            return await GitHub.FindRepositoryAsync(repositoryId, cancellationToken) switch
            {
                null => wanted.Refused(new Problem(Reasons.RepositoryMissing, "The repository is gone, or the credentials do not reach it.")),
                { Archived: true } archived => wanted.Refused(new Problem(Reasons.RepositoryArchived, $"{archived.FullName} is archived, so nothing is brought into it.")),
                { } live => await new GoldenPathUpdater(GitHubOf(live), SigningKeys, wanted, Committer with { Date = Now }).BringAsync(live, cancellationToken),
            };
        }
        catch (GitHubException error)
        {
            return wanted.Refused(GitHubProblems.Of(error, Now));
        }
        catch (GoldenPathParameterException error)
        {
            return wanted.Refused(new Problem(Reasons.InvalidSpec, error.Message));
        }
    }

    /// <summary>Commits a marker alone; null where the file is so already.</summary>
    public Task<string?> CommitAsync(RepositoryMarker marker, string message, Repository repository, CancellationToken cancellationToken)
    {
        var file = new FileCommit
        {
            Author = Committer with { Date = Now },
            Path = RepositoryMarker.Path,
            Message = message,
            Content = RepositoryFile.Text(RepositoryMarker.Path, marker.ToFile()).Content,
        };
        return GitHub.CommitFileAsync(repository, file, cancellationToken);
    }

    /// <summary>Keeps what GitHub refused of a part that nothing else waits for.</summary>
    public RepositoryOutcome Refused(RepositoryOutcome state, string feature, GitHubException error) => state with
    {
        Refusals = [.. state.Refusals, FeatureRefusal.Of(feature, error, Now - state.Repository!.CreatedAt)],
    };
}
