using Idp.Entities;
using Idp.GitHub;
using Idp.Kubernetes.Cache;
using Idp.Kubernetes.Model;
using Idp.Operator.GoldenPaths;
using Idp.Operator.Repositories;
using Idp.Operator.Repositories.Features;
using Idp.Operator.Settings;

namespace Idp.Operator.BackendApps;

/// <summary>Gathers what a reconcile of a BackendApp needs to know; writes nothing.</summary>
public sealed class BackendAppObserver(
    IObjectReader objects,
    RepositoryObserver repositories,
    PlatformSettingsSource settings,
    GoldenPathSource goldenPaths,
    RolloutTurns turns)
{
    /// <summary>Looks at the caches and, where it is due, at GitHub.</summary>
    public async Task<ObservedApp> ObserveAsync(BackendApp app, CancellationToken cancellationToken)
    {
        var observed = ObserveCaches(app);
        var resolved = ResolvedApp.Of(app, observed.Settings, observed.NamespaceTeam);
        if (BackendAppPlan.ProblemOf(app, resolved, observed) is not null)
        {
            // What is not granted is not asked for either.
            return observed;
        }

        var rights = new RepositoryRights(app, objects, observed.Settings);
        var version = resolved.RepositoryVersion(app, observed.Settings);
        var repository = BackendAppPlan.RepositoryOf(app, resolved);
        observed = observed with
        {
            Repository = await repositories.TryObserveAsync(repository, version, rights, cancellationToken),
            Turn = TemplateUpdates.ToOffer(app, resolved, observed) is { } target ? turns.Take(app.Metadata.Uid, target) : null,
        };
        return DeploymentRepositoryPlan.RepositoryOf(app, resolved, repository) is { } deployment
            ? observed with { Deployment = await repositories.TryObserveAsync(deployment, version, rights, cancellationToken) }
            : observed;
    }

    /// <summary>Looks at the caches alone, not at GitHub.</summary>
    public ObservedApp ObserveCaches(BackendApp app) =>
        new ObservedApp
        {
            Settings = settings.Current,
            GoldenPaths = goldenPaths.Current,
            NamespaceTeam = TeamOf(app),
            Home = Grants.MayHoldManifests(NamespaceOf(app)),
            Environments = EnvironmentsOf(app),
        };

    /// <summary>The environments that a BackendApp made and that are still there.</summary>
    public IReadOnlyList<KubeObject> EnvironmentsOf(BackendApp app)
    {
        // Anybody may name an owner of another namespace in an object of his own; it is nobody's for that.
        return
        [
            .. objects.List(ApplicationEnvironment.ResourceKind, ObjectIndexer.ControllerUid, app.Metadata.Uid)
                .Where(environment => environment.Key.Namespace == app.Metadata.Namespace),
        ];
    }

    /// <summary>The repositories that a BackendApp made or adopted; those that are gone, or are not its own any more, are not among them.</summary>
    /// <exception cref="GitHubException">GitHub did not answer, or refused.</exception>
    /// <exception cref="OwnershipUnknownException">The operator's own records cannot be had.</exception>
    public async Task<OwnRepositories> FindOwnRepositoriesAsync(BackendApp app, CancellationToken cancellationToken)
    {
        var platform = settings.Current;
        var resolved = ResolvedApp.Of(app, platform, TeamOf(app));
        var repository = BackendAppPlan.RepositoryOf(app, resolved);
        var own = new OwnRepositories(app.Status.Repository?.Name ?? repository.Name, []);
        if (AppGrants.DeletionRefusal(app, resolved, platform, TeamOf(app)) is { } refusal)
        {
            return own with { LeftAlone = refusal };
        }

        var rights = new RepositoryRights(app, objects, platform);
        foreach (var desired in new[] { repository, DeploymentRepositoryPlan.RepositoryOf(app, resolved, repository) }.OfType<DesiredRepository>())
        {
            var asked = desired with { Features = DesiredFeatures.None, AdoptIfUnowned = false };
            own = own.With(await repositories.LookAsync(asked, rights, cancellationToken), desired);
        }

        return own;
    }

    /// <summary>Forgets what is remembered of a BackendApp that is gone.</summary>
    public void Drop(BackendApp app)
    {
        repositories.Drop(app.Metadata.Uid, app.Spec.Repository?.Owner ?? settings.Current.GitHub.Owner);
    }

    private string? TeamOf(BackendApp app) => NamespaceOf(app)?.Metadata.Labels.GetValueOrDefault(Labels.Team);

    private KubeObject? NamespaceOf(BackendApp app) => objects.Find(WellKnownKinds.Namespace, new ObjectKey("", app.Metadata.Namespace ?? ""));
}
