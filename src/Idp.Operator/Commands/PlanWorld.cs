using Idp.Entities;
using Idp.GitHub;
using Idp.Kubernetes.Cache;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;
using Idp.Operator.ApplicationEnvironments;
using Idp.Operator.BackendApps;
using Idp.Operator.Repositories;
using Microsoft.Extensions.Logging;

namespace Idp.Operator.Commands;

/// <summary>The world as a plan sees it: the cluster and GitHub, or an empty one.</summary>
internal sealed class PlanWorld : IAsyncDisposable
{
    /// <summary>Who sends the requests.</summary>
    public static readonly string UserAgent = Kubernetes.Client.UserAgent.Of(FieldManagers.Operator, VersionCommand.Text, "plan");
    private readonly CancellationTokenSource _stop = new();
    private readonly Composition _composition;
    private readonly KubeClient _client;
    private readonly GitHubAccess _github;
    private readonly Informers _objects;
    private Task _watching = Task.CompletedTask;

    private PlanWorld(Composition composition, ILoggerFactory loggers, bool asksGitHub)
    {
        _composition = composition;
        AsksGitHub = asksGitHub;
        _client = composition.Cluster is { } cluster ? KubeClient.Create(cluster, new KubeClientSettings { UserAgent = UserAgent }) : new KubeClient(new HttpClient());
        _github = new GitHubAccess(
            composition.Settings, composition.Metrics, composition.Clock, GitHubHttp.CreateClient(), UserAgent);
        _objects = new Informers(_client, composition.Clock, loggers.CreateLogger<Informers>());
        var ownership = new OwnershipRecords(_client, composition.OperatorNamespace, composition.Clock, loggers.CreateLogger<OwnershipRecords>())
        {
            MakesKey = false,
        };
        Apps = new BackendAppObserver(
            _objects,
            new RepositoryObserver(_github, ownership, composition.Settings, composition.Clock) { TrustsStatus = false },
            composition.Settings,
            composition.GoldenPaths,
            new RolloutTurns(_objects, composition.Settings, composition.GoldenPaths, composition.Clock));
        Environments = new ApplicationEnvironmentObserver(_objects);
    }

    /// <summary>Looks at applications.</summary>
    public BackendAppObserver Apps { get; }

    /// <summary>Looks at environments.</summary>
    public ApplicationEnvironmentObserver Environments { get; }

    /// <summary>What is in the cluster.</summary>
    public IObjectReader Objects => _objects;

    /// <summary>Settings and golden paths.</summary>
    public Composition Composition => _composition;

    /// <summary>Whether there is a cluster.</summary>
    public bool IsReal => _composition.Cluster is not null;

    /// <summary>Whether GitHub is asked.</summary>
    public bool AsksGitHub { get; }

    /// <summary>The kinds that the caller may not list: then nothing was read, since a watch would wait for the right for ever.</summary>
    public IReadOnlyList<ResourceKind> Hidden { get; private set; } = [];

    /// <summary>Reads the cluster, where there is one.</summary>
    public static async Task<PlanWorld> OpenAsync(
        Composition composition, ILoggerFactory loggers, bool asksGitHub, CancellationToken cancellationToken)
    {
        var world = new PlanWorld(composition, loggers, asksGitHub);
        // An empty world is asked the same questions as a real one, so it needs the same stores.
        ResourceKind[] kinds =
            [BackendApp.ResourceKind, ApplicationEnvironment.ResourceKind, .. EnvironmentSections.Kinds.Select(child => child.Resource)];
        foreach (var kind in kinds)
        {
            world._objects.Add(kind);
        }

        if (!world.IsReal)
        {
            return world;
        }

        world.Hidden = [.. (await Task.WhenAll(kinds.Select(kind => world.FindHiddenAsync(kind, cancellationToken)))).OfType<ResourceKind>()];
        if (world.Hidden.Count > 0)
        {
            return world;
        }

        world._watching = world._objects.RunAsync(world._stop.Token);
        await world._objects.WaitForSyncAsync(cancellationToken);
        return world;
    }

    private async Task<ResourceKind?> FindHiddenAsync(ResourceKind kind, CancellationToken cancellationToken)
    {
        try
        {
            await _client.ListPageAsync(kind, new ListOptions { Limit = 1 }, cancellationToken);
            return null;
        }
        catch (ForbiddenException)
        {
            return kind;
        }
        catch (KindNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Stops watching.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _github.Dispose();
        _client.Dispose();
        _stop.Dispose();
    }
}
