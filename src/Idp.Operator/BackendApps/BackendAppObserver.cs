using System.Text.Json;
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
        if (resolved.Owner.Length == 0
            || !new Grants(platform).MayUseOwner(app.Metadata.Namespace ?? "", resolved.Owner).Allowed
            || BackendAppValidation.Validate(app.Spec, app.Metadata).Count > 0)
        {
            return observed;
        }

        var version = resolved.RepositoryVersion(app, platform);
        var repository = BackendAppPlan.RepositoryOf(app, resolved);
        var (found, unknown) = await LookAsync(repository, version, cancellationToken);
        observed = observed with { Repository = found, RepositoryUnknown = unknown };
        if (DeploymentPlan.RepositoryOf(app, resolved, repository) is not { } deployment)
        {
            return observed;
        }

        (found, unknown) = await LookAsync(deployment, version, cancellationToken);
        return observed with { Deployment = found, DeploymentUnknown = unknown };
    }

    /// <summary>The environments that a BackendApp made and that are still there.</summary>
    public IReadOnlyList<KubeObject> EnvironmentsOf(BackendApp app)
    {
        ArgumentNullException.ThrowIfNull(app);

        // Anybody may name an owner of another namespace in an object of his own; it is nobody's for that.
        return
        [
            .. objects.List(ApplicationEnvironment.ResourceKind, ObjectIndexer.ControllerUid, app.Metadata.Uid)
                .Where(environment => environment.Key.Namespace == app.Metadata.Namespace),
        ];
    }

    /// <summary>The repositories that a BackendApp made or adopted; those that are gone are not among them.</summary>
    /// <exception cref="GitHubException">GitHub did not answer, or refused.</exception>
    public async Task<OwnRepositories> FindOwnRepositoriesAsync(BackendApp app, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(app);
        var resolved = ResolvedApp.Of(app, settings.Current, TeamOf(app));
        var repository = BackendAppPlan.RepositoryOf(app, resolved);
        var name = app.Status.Repository?.Name ?? repository.Name;
        List<Repository> own = [];
        foreach (var desired in new[] { repository, DeploymentPlan.RepositoryOf(app, resolved, repository) }.OfType<DesiredRepository>())
        {
            var observed = await repositories.LookAsync(desired with { Features = DesiredFeatures.None }, Lives, cancellationToken);
            if (observed.Repository is { } found && (found.Id == desired.KnownId || desired.BelongsTo.Owns(observed.Marker)))
            {
                own.Add(found);
                name = desired.BelongsTo.Role is null ? found.Name : name;
            }
        }

        return new OwnRepositories(name, own);
    }

    /// <summary>Forgets what is remembered of a BackendApp that goes.</summary>
    public void Drop(BackendApp app)
    {
        ArgumentNullException.ThrowIfNull(app);
        repositories.Drop(app.Metadata.Uid);
        if (app.Spec.Repository?.Owner is { Length: > 0 } owner && IsLastOf(owner, app))
        {
            repositories.Release(owner);
        }
    }

    private bool IsLastOf(string owner, BackendApp app) => objects
        .List(BackendApp.ResourceKind, ByOwner.Instance, owner.ToLowerInvariant())
        .All(other => other.Metadata.Uid == app.Metadata.Uid);

    // A GitHub that does not answer must not keep the environments from being seen and reported.
    private async Task<(ObservedRepository Found, RepositoryProblem? Unknown)> LookAsync(
        DesiredRepository desired, string version, CancellationToken cancellationToken)
    {
        try
        {
            return (await repositories.ObserveAsync(desired, version, Lives, cancellationToken), null);
        }
        catch (GitHubException error)
        {
            return (ObservedRepository.None, GitHubProblems.Of(error, clock.GetUtcNow()));
        }
    }

    private string? TeamOf(BackendApp app) =>
        objects.Find(WellKnownKinds.Namespace, new ObjectKey("", app.Metadata.Namespace ?? ""))
            ?.Metadata.Labels.GetValueOrDefault(Labels.Team);

    private bool Lives(string uid) => objects.List(BackendApp.ResourceKind).Any(app => app.Metadata.Uid == uid);

    /// <summary>Finds applications by the owner of repositories that their manifest names.</summary>
    private sealed record ByOwner : ObjectIndexer
    {
        public static readonly ByOwner Instance = new();

        public override string? ValueOf(KubeObject item)
        {
            try
            {
                return item.Deserialize(BackendApp.JsonType).Spec.Repository?.Owner?.ToLowerInvariant();
            }
            catch (JsonException)
            {
                // An object that cannot be read has nothing made for it.
                return null;
            }
        }
    }
}
