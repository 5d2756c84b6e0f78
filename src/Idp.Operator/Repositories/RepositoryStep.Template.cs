using Idp.Entities;
using Idp.GitHub;
using Idp.Operator.Reporting;

namespace Idp.Operator.Repositories;

public abstract partial record RepositoryStep
{
    /// <summary>Makes the repository from a template repository, with the sign whose it is in the description; GitHub fills it later.</summary>
    public sealed record Generate(NewRepository Request, TemplateRepository Template, string FullName)
        : RepositoryStep($"make {FullName} from the template repository {Template}")
    {
        // A template that is none for these credentials is a problem for people.
        internal override async Task<RepositoryOutcome> DoAsync(StepContext context, RepositoryOutcome state, CancellationToken cancellationToken)
        {
            try
            {
                var made = await context.GitHub.GenerateRepositoryAsync(
                    Template.Owner, Template.Name, context.Desired.Owner, context.Announced(Request), cancellationToken);
                return state with { Repository = made };
            }
            catch (GitHubNotFoundException error)
            {
                return state with { Problem = new Problem(Reasons.TemplateMissing, NoTemplate(error)) };
            }
        }

        private string NoTemplate(GitHubNotFoundException error) =>
            $"{error.Message} {Template}, which the golden path names, does not exist, is no template repository, or the operator's credentials may not "
            + "read it. The platform team has to mend that: on GitHub (Settings, Template repository; for an App: Repository access), or in the golden path.";
    }

    /// <summary>Lays the marker as one commit on top of the template's files; while they are not there, says when to look again.</summary>
    public sealed record Mark(TemplateRepository Template) : RepositoryStep($"commit {RepositoryMarker.Path} on top of the files of {Template}")
    {
        private static readonly TimeSpan SoonestLook = TimeSpan.FromSeconds(2);
        private static readonly TimeSpan LatestLook = TimeSpan.FromMinutes(1);

        /// <summary>GitHub takes seconds; what is not there after so long needs people.</summary>
        private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

        internal override async Task<RepositoryOutcome> DoAsync(StepContext context, RepositoryOutcome state, CancellationToken cancellationToken)
        {
            var repository = state.Repository!;
            if (await context.GitHub.FindGeneratedHeadAsync(repository, cancellationToken) is not { } head)
            {
                return state with { Problem = NotFilled(repository, context.Now - repository.CreatedAt) };
            }

            var marker = context.Sign(context.Work.Marker, repository);
            var message = $"Begin with the golden path {marker.Template} {marker.Version}\n\nMade for {marker.Owner}.";
            var commit = await context.CommitAsync(marker, message, repository, cancellationToken);
            return state with { Commit = commit ?? head, Marker = marker, WasMade = true };
        }

        private Problem NotFilled(Repository repository, TimeSpan age)
        {
            if (age > Patience)
            {
                return new Problem(Reasons.GitHubUnavailable, NeverFilled(repository));
            }

            // The longer it takes, the less it is asked for.
            var wait = age < SoonestLook ? SoonestLook : age < LatestLook ? age : LatestLook;
            var message = $"GitHub has made {repository.FullName} from the template {Template}, but has not filled it yet; it is looked at again.";
            return new Problem(Reasons.Progressing, message, IsTerminal: false, wait);
        }

        private string NeverFilled(Repository repository) =>
            $"GitHub made {repository.FullName} from the template {Template} and has not filled it since {repository.CreatedAt:u}. See whether "
            + $"branch {repository.DefaultBranch} of the template has files. Then delete this BackendApp and {repository.FullName} on GitHub, and apply the "
            + "BackendApp again; or push the files yourself: it goes on with them.";
    }
}
