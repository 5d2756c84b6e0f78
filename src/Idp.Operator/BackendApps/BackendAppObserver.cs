using Idp.Entities;
using Idp.GitHub;
using Idp.Kubernetes.Cache;
using Idp.Kubernetes.Model;
using Idp.Operator.GoldenPaths;
using Idp.Operator.Repositories;
using Idp.Operator.Settings;

namespace Idp.Operator.BackendApps;

/// <summary>Gathers what a reconcile of a BackendApp needs to know; writes nothing.</summary>
public sealed class BackendAppObserver(
    IObjectReader objects,
    RepositoryObserver repositories,
    PlatformSettingsSource settings,
    GoldenPathSource goldenPaths,
    TimeProvider clock)
{
    /// <summary>Looks at the caches and, where it is due, at GitHub.</summary>
    public async Task<ObservedApp> ObserveAsync(BackendApp app, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(app);
        var platform = settings.Current;
        var team = TeamOf(app);
        var observed = new ObservedApp
        {
            Settings = platform,
            GoldenPaths = goldenPaths.Current,
            NamespaceTeam = team,
            Environments = EnvironmentsOf(app),
        };
        var resolved = ResolvedApp.Of(app, platform, team);
        if (resolved.Owner.Length == 0 || BackendAppValidation.Validate(app.Spec, app.Metadata).Count > 0)
        {
            return observed;
        }

        try
        {
            var repository = await repositories.ObserveAsync(
                BackendAppPlan.RepositoryOf(app, resolved), resolved.RepositoryVersion(app, platform), Lives, cancellationToken);
            return observed with { Repository = repository };
        }
        catch (GitHubException error)
        {
            // A GitHub that does not answer must not keep the environments from being seen and reported.
            return observed with { RepositoryUnknown = GitHubProblems.Of(error, clock.GetUtcNow()) };
        }
    }

    /// <summary>The environments that a BackendApp made and that are still there.</summary>
    public IReadOnlyList<KubeObject> EnvironmentsOf(BackendApp app)
    {
        ArgumentNullException.ThrowIfNull(app);
        return objects.List(ApplicationEnvironment.ResourceKind, ObjectIndexer.ControllerUid, app.Metadata.Uid);
    }

    /// <summary>The repository that a BackendApp made or adopted; null where there is none that is its own.</summary>
    /// <exception cref="GitHubException">GitHub did not answer, or refused.</exception>
    public async Task<Repository?> FindOwnRepositoryAsync(BackendApp app, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(app);
        var desired = BackendAppPlan.RepositoryOf(app, ResolvedApp.Of(app, settings.Current, TeamOf(app))) with { Features = DesiredFeatures.None };
        var observed = await repositories.LookAsync(desired, Lives, cancellationToken);
        var isOurs = observed.Repository?.Id == desired.KnownId || observed.Marker?.OwnerUid == app.Metadata.Uid;
        return isOurs ? observed.Repository : null;
    }

    /// <summary>Forgets what is remembered of a BackendApp that goes.</summary>
    public void Drop(BackendApp app)
    {
        ArgumentNullException.ThrowIfNull(app);
        repositories.Drop(app.Metadata.Uid);
    }

    private string? TeamOf(BackendApp app) =>
        objects.Find(WellKnownKinds.Namespace, new ObjectKey("", app.Metadata.Namespace ?? ""))
            ?.Metadata.Labels.GetValueOrDefault(Labels.Team);

    private bool Lives(string uid) => objects.List(BackendApp.ResourceKind).Any(app => app.Metadata.Uid == uid);
}
