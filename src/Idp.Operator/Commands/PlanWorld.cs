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
    private static readonly string UserAgent = Kubernetes.Client.UserAgent.Of(FieldManagers.Operator, VersionCommand.Text, "plan");
    private readonly CancellationTokenSource _stop = new();
    private readonly Foundation _foundation;
    private readonly KubeClient _client;
    private readonly GitHubAccess _github;
    private readonly Informers _objects;
    private Task _watching = Task.CompletedTask;

    private PlanWorld(Foundation foundation, ILoggerFactory loggers)
    {
        _foundation = foundation;
        _client = foundation.Cluster is { } cluster ? KubeClient.Create(cluster, new KubeClientSettings { UserAgent = UserAgent }) : new KubeClient(new HttpClient());
        _github = new GitHubAccess(
            foundation.Settings, foundation.Metrics, foundation.Clock, GitHubHttp.CreateClient(), UserAgent);
        _objects = new Informers(_client, foundation.Clock, loggers.CreateLogger<Informers>());
        Apps = new BackendAppObserver(
            _objects,
            new RepositoryObserver(_github, foundation.Settings, foundation.Clock) { TrustsStatus = false },
            foundation.Settings,
            foundation.GoldenPaths,
            foundation.Clock);
        Environments = new ApplicationEnvironmentObserver(_objects);
    }

    /// <summary>Looks at applications.</summary>
    public BackendAppObserver Apps { get; }

    /// <summary>Looks at environments.</summary>
    public ApplicationEnvironmentObserver Environments { get; }

    /// <summary>What is in the cluster.</summary>
    public IObjectReader Objects => _objects;

    /// <summary>Settings and golden paths.</summary>
    public Foundation Foundation => _foundation;

    /// <summary>Whether the cluster and GitHub are asked.</summary>
    public bool IsReal => _foundation.Cluster is not null;

    /// <summary>Reads the cluster, where there is one.</summary>
    public static async Task<PlanWorld> OpenAsync(Foundation foundation, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        var world = new PlanWorld(foundation, loggers);
        // An empty world is asked the same questions as a real one, so it needs the same stores.
        ResourceKind[] kinds =
            [BackendApp.ResourceKind, ApplicationEnvironment.ResourceKind, .. ApplicationEnvironmentObserver.Kinds, ChildKinds.Migration, ChildKinds.AppProject];
        foreach (var kind in kinds)
        {
            world._objects.Add(kind);
        }

        if (!world.IsReal)
        {
            return world;
        }

        world._watching = world._objects.RunAsync(world._stop.Token);
        await world._objects.WaitForSyncAsync(cancellationToken);
        return world;
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
