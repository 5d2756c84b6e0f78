using Idp.Entities;
using Idp.GitHub;

namespace Idp.Operator.Repositories;

/// <summary>Makes a repository from a template repository, and marks it once GitHub has filled it.</summary>
internal sealed class TemplateProvisioner(GitHubAccess access, TimeProvider clock)
{
    private static readonly TimeSpan SoonestLook = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LatestLook = TimeSpan.FromMinutes(1);

    /// <summary>GitHub takes seconds; what is not there after so long needs people.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    /// <summary>Has GitHub make the repository; a template that is none for these credentials is a problem for people.</summary>
    public async Task<RepositoryOutcome> GenerateAsync(
        RepositoryStep.Generate step, RepositoryWork work, RepositoryOutcome state, CancellationToken cancellationToken)
    {
        try
        {
            var made = await access.For(work.Desired.Owner).GenerateRepositoryAsync(
                step.Template.Owner, step.Template.Name, work.Desired.Owner, work.Announced(step.Request, clock.GetUtcNow()), cancellationToken);
            return state with { Repository = made };
        }
        catch (GitHubNotFoundException error)
        {
            return state with { Problem = new RepositoryProblem(Reasons.TemplateMissing, NoTemplate(step.Template, error), IsTerminal: true) };
        }
    }

    /// <summary>Lays the marker as one commit on top of the template's files; while they are not there, says when to look again.</summary>
    public async Task<RepositoryOutcome> MarkAsync(
        RepositoryStep.Mark step, RepositoryWork work, RepositoryOutcome state, CancellationToken cancellationToken)
    {
        var github = access.For(work.Desired.Owner);
        var repository = state.Repository!;
        if (await github.FindGeneratedHeadAsync(repository, cancellationToken) is not { } head)
        {
            return state with { Problem = NotFilled(step.Template, repository) };
        }

        var marker = work.MarkerFor(repository);
        var file = new FileCommit
        {
            Author = RepositoryProvisioner.Committer with { Date = clock.GetUtcNow() },
            Path = RepositoryMarker.Path,
            Message = $"Begin with the golden path {work.Marker.Template} {work.Marker.Version}\n\nMade for {work.Marker.Owner}.",
            Content = RepositoryFile.Text(RepositoryMarker.Path, marker.ToFile()).Content,
        };
        var commit = await github.CommitFileAsync(repository, file, cancellationToken);
        return state with { Commit = commit ?? head, Marker = marker, WasMade = true };
    }

    private RepositoryProblem NotFilled(TemplateRepository template, Repository repository)
    {
        var age = clock.GetUtcNow() - repository.CreatedAt;
        if (age > Patience)
        {
            return new RepositoryProblem(Reasons.GitHubUnavailable, NeverFilled(template, repository), IsTerminal: true);
        }

        // The longer it takes, the less it is asked for.
        var wait = age < SoonestLook ? SoonestLook : age < LatestLook ? age : LatestLook;
        var message = $"GitHub has made {repository.FullName} from the template {template}, but has not filled it yet; it is looked at again.";
        return new RepositoryProblem(Reasons.Progressing, message, IsTerminal: false, wait);
    }

    private static string NeverFilled(TemplateRepository template, Repository repository) =>
        $"GitHub made {repository.FullName} from the template {template} and has not filled it since {repository.CreatedAt:u}. See whether "
        + $"branch {repository.DefaultBranch} of the template has files. Then delete this BackendApp and {repository.FullName} on GitHub, and apply the "
        + "BackendApp again; or push the files yourself: it goes on with them.";

    private static string NoTemplate(TemplateRepository template, GitHubNotFoundException error) =>
        $"{error.Message} {template}, which the golden path names, does not exist, is no template repository, or the operator's credentials may not "
        + "read it. The platform team has to mend that: on GitHub (Settings, Template repository; for an App: Repository access), or in the golden path.";
}
