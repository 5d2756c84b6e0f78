using Idp.Entities;
using Idp.GitHub;
using Idp.Operator.GoldenPaths.Updates;
using Idp.Operator.Reporting;
using Idp.Operator.Repositories.Features;
using RepositoryVisibility = Idp.GitHub.RepositoryVisibility;

namespace Idp.Operator.Repositories;

/// <summary>What is to be done so that a repository is as wanted, or why nothing may be done.</summary>
/// <param name="Steps">In order; empty where nothing differs.</param>
/// <param name="Problem">Set where the repository must not be touched.</param>
public sealed record RepositoryPlan(IReadOnlyList<RepositoryStep> Steps, Problem? Problem = null)
{
    /// <summary>Whether the golden path gets into the repository by this plan.</summary>
    public bool LaysGoldenPath => Steps.Any(step => step is RepositoryStep.Scaffold or RepositoryStep.Mark);

    /// <summary>Whether something is made that was not there: the repository, its files, or the sign that it is ours.</summary>
    public bool IsMaking => LaysGoldenPath || Steps.Any(step => step is RepositoryStep.Create or RepositoryStep.Generate or RepositoryStep.Adopt);

    /// <summary>Whether nothing but the files of the golden path is brought up to date.</summary>
    public bool IsOnlyUpdate => Steps is [RepositoryStep.BringUpToDate];

    /// <summary>Whether something is signed by this plan.</summary>
    public bool Signs => IsMaking || Steps.Any(step => step is RepositoryStep.BringUpToDate);

    /// <summary>Compares what is wanted with what is there.</summary>
    /// <remarks>
    /// The id that was written down decides; before there is one, what only the operator can write. A repository that is not proven to
    /// be this owner's is never written to, unless it may be adopted and nobody else owns it; and none that the cluster objects to.
    /// </remarks>
    public static RepositoryPlan For(DesiredRepository desired, ObservedRepository observed)
    {
        if (observed.Repository is not { } repository)
        {
            return desired.KnownId is { } id ? Missing(desired, id) : Make(desired);
        }

        if (observed.Objection is { } objection)
        {
            return new RepositoryPlan([], objection);
        }

        if (observed.IsRecorded)
        {
            return new RepositoryPlan([.. UpdateOf(desired, observed, repository)]);
        }

        if (!observed.IsOurs && Conflict(desired, observed, repository) is { } conflict)
        {
            return Refuse(Reasons.RepositoryConflict, conflict);
        }

        if (repository.Archived)
        {
            return Refuse(Reasons.RepositoryArchived, $"{repository.FullName} is archived, so it cannot be changed; unarchive it on GitHub.");
        }

        List<RepositoryStep> steps = [];
        if (!observed.IsLaid)
        {
            steps.AddRange(Begin(desired, observed, repository));
        }

        var settings = observed.Features.IsRefused(RepositorySettingsFeature.Name)
            ? new RepositorySettings()
            : RepositorySettingsFeature.Difference(desired.Features.Settings, repository);
        AddSettings(steps, desired, repository, settings);
        AddTopics(steps, desired, repository.Topics);
        steps.AddRange(StepsOf(desired.Features, observed.Features));
        steps.AddRange(UpdateOf(desired, observed, repository));
        return new RepositoryPlan(steps);
    }

    // What was tried since the last look is not tried again before the next.
    private static IEnumerable<RepositoryStep> UpdateOf(DesiredRepository desired, ObservedRepository observed, Repository repository)
    {
        if (observed.IsLaid && desired.Update is { } update && observed.Update?.IsOf(update.Target) != true && update.Next(observed.PullRequest) == UpdateAction.Bring)
        {
            yield return new RepositoryStep.BringUpToDate(update, repository.FullName);
        }
    }

    private static RepositoryPlan Make(DesiredRepository desired)
    {
        var request = new NewRepository
        {
            Name = desired.Name,
            Description = desired.Description,
            Visibility = desired.Visibility,
        };
        List<RepositoryStep> steps =
        [
            desired.Template is { } template
                ? new RepositoryStep.Generate(request, template, desired.FullName)
                : new RepositoryStep.Create(request, desired.FullName),
            Lay(desired),
            desired is { Template: not null, Visibility: RepositoryVisibility.Internal }
                ? Update(SettingsOf(desired), ["the description", InWords(desired.Visibility)], desired.Features.Settings)
                : Update(new RepositorySettings { Description = desired.Description }, ["the description"], desired.Features.Settings),
        ];
        AddTopics(steps, desired, []);
        steps.AddRange(StepsOf(desired.Features, ObservedFeatures.Nothing));
        return new RepositoryPlan(steps);
    }

    // What was adopted has people's files in it, and keeps them: also where the adoption was only begun.
    private static IEnumerable<RepositoryStep> Begin(DesiredRepository desired, ObservedRepository observed, Repository repository)
    {
        var isAdopted = observed.Adopter == desired.BelongsTo.Name && desired.BelongsTo.Role is null;
        if (!observed.IsOurs)
        {
            yield return new RepositoryStep.Claim(repository.FullName);
        }

        yield return (observed.IsOurs && !isAdopted) || observed.Head is null
            ? Lay(desired)
            : new RepositoryStep.Adopt();
    }

    private static RepositoryStep Lay(DesiredRepository desired) =>
        desired.Template is { } template ? new RepositoryStep.Mark(template) : new RepositoryStep.Scaffold();

    // GitHub makes nothing internal from a template: that comes with the description.
    private static RepositorySettings SettingsOf(DesiredRepository desired) =>
        new() { Description = desired.Description, Visibility = desired.Visibility };

    private static string InWords(RepositoryVisibility visibility) => $"the visibility to {visibility}";

    private static RepositoryPlan Refuse(string reason, string message) => new([], new Problem(reason, message));

    // GitHub may answer 404 for seconds for what it has just made: so only what was once complete can be gone.
    private static RepositoryPlan Missing(DesiredRepository desired, long id) => desired.KnownCommit is null
        ? new RepositoryPlan([], new Problem(Reasons.Progressing, NotYetMessage(desired, id), IsTerminal: false))
        : Refuse(Reasons.RepositoryMissing, MissingMessage(desired, id));

    private static string NotYetMessage(DesiredRepository desired, long id) =>
        $"GitHub has made repository {id} ({desired.FullName}) but does not show it yet; it is looked for again. Should somebody have deleted "
        + "it: delete this BackendApp and apply it again.";

    private static string MissingMessage(DesiredRepository desired, long id) =>
        $"Repository {id} ({desired.FullName}) is gone, or the credentials no longer reach it. It is not made anew, so that nothing is "
        + "doubled: restore it on GitHub or give access; to start over, delete this BackendApp and apply it again.";

    private static string EmptyMessage(Repository repository, TemplateRepository template) =>
        $"{repository.FullName} is empty, and GitHub fills only a new repository from the template {template}: push a first commit to take it in "
        + "as it is, delete it on GitHub, or choose another spec.repository.name.";

    private static string? Conflict(DesiredRepository desired, ObservedRepository observed, Repository repository)
    {
        if (observed.ProvenOf is { } owner)
        {
            return BelongsTo(repository, owner);
        }

        if (!string.Equals(repository.FullName, desired.FullName, StringComparison.OrdinalIgnoreCase))
        {
            return $"spec.repository.name: {desired.FullName} is an old name of {repository.FullName}; choose another name.";
        }

        var exists = $"spec.repository.name: {repository.FullName} exists, and {Unproven(observed)}; choose another name, or";
        return (desired.AdoptIfUnowned, desired.BelongsTo.Role) switch
        {
            (true, _) => desired.Template is { } template && observed.Head is null ? EmptyMessage(repository, template) : null,
            (_, null) => $"{exists} set spec.repository.adoption to IfUnowned to take it in, which the platform team grants in teams[].adopt of platform.yaml.",
            _ => $"{exists} rename that repository: only an application's own repository is ever taken in.",
        };
    }

    /// <summary>Says that a repository is another BackendApp's.</summary>
    internal static string BelongsTo(Repository repository, string owner) =>
        $"spec.repository.name: {repository.FullName} belongs to BackendApp {owner}; choose another name.";

    private static string Unproven(ObservedRepository observed) => observed switch
    {
        { Adopter: not null } => "was adopted by another BackendApp since",
        { Marker.Signature: not null } => $"the operator did not sign its {RepositoryMarker.Path} for this BackendApp and this repository",
        { Marker: not null } => $"its {RepositoryMarker.Path} has no signature of the operator's, so it proves nothing",
        _ => "was not made for this BackendApp",
    };

    private static void AddSettings(List<RepositoryStep> steps, DesiredRepository desired, Repository live, RepositorySettings along)
    {
        List<string> what = [];
        var settings = new RepositorySettings();
        if ((live.Description ?? "") != desired.Description)
        {
            settings = settings with { Description = desired.Description };
            what.Add("the description");
        }

        if (live.Visibility != desired.Visibility)
        {
            settings = settings with { Visibility = desired.Visibility };
            what.Add(InWords(desired.Visibility));
        }

        if (what.Count > 0 || !RepositorySettingsFeature.IsEmpty(along))
        {
            steps.Add(Update(settings, what, along));
        }
    }

    // What was refused when it was looked at is not tried.
    private static IEnumerable<FeatureStep> StepsOf(DesiredFeatures desired, ObservedFeatures seen) =>
        desired.Parts.Where(part => !seen.IsRefused(part.Name)).SelectMany(part => part.Compare(seen));

    // One request for both; only what the manifest decides can fail the step.
    private static RepositoryStep.Update Update(RepositorySettings settings, IEnumerable<string> what, RepositorySettings along)
    {
        var names = string.Join(", ", RepositorySettingsFeature.NamesOf(along));
        return new(settings, string.Join(" and ", names.Length == 0 ? what : what.Append(names))) { Along = along };
    }

    private static void AddTopics(List<RepositoryStep> steps, DesiredRepository desired, IReadOnlyList<string> live)
    {
        if (desired.Topics is { } topics && !topics.ToHashSet(StringComparer.Ordinal).SetEquals(live))
        {
            steps.Add(new RepositoryStep.Topics(topics));
        }
    }
}
