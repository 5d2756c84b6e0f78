using Idp.Kubernetes.Client;
using Idp.Sandbox.StandIns.ArgoCd;
using Idp.Sandbox.StandIns.CloudNativePg;
using Idp.Sandbox.StandIns.ExternalSecrets;
using Idp.Sandbox.StandIns.Hosting;
using Idp.Sandbox.StandIns.SchemaHero;
using Idp.Sandbox.StandIns.Workloads;
using Idp.Sandbox.World;
using Microsoft.Extensions.Logging;

namespace Idp.Sandbox.StandIns;

/// <summary>All stand-ins for the controllers that a real platform cluster runs, against a real API server.</summary>
/// <remarks>
/// They react to watches, write only what differs, and stop when disposed. They are stand-ins: no secret store, no
/// PostgreSQL, no pod and no DDL is behind them; Git, kustomize and server-side apply are real.
/// </remarks>
public sealed class StandInSet : IAsyncDisposable
{
    private const int ArgoCdWorkers = 4;
    private readonly KubeConfig _config;
    private readonly Kubectl _kubectl;
    private readonly StandInOptions _options;
    private readonly ILoggerFactory _loggers;
    private readonly ServedKinds _kinds;
    private readonly WorldView _view;
    private readonly List<KubeClient> _clients = [];
    private readonly List<StandIn> _running = [];
    private Action<string> _hear = static _ => { };

    private StandInSet(KubeConfig config, Kubectl kubectl, StandInOptions options, ILoggerFactory loggers)
    {
        (_config, _kubectl, _options, _loggers) = (config, kubectl, options, loggers);
        _kinds = new ServedKinds(kubectl);
        _view = new WorldView(ClientOf("sandbox"), options.Clock, loggers.CreateLogger<WorldView>());
    }

    /// <summary>The script of what goes wrong; may be changed at any time.</summary>
    public Faults Faults => _options.Faults;

    /// <summary>Starts them all; completes when they know the world and have begun to work.</summary>
    /// <param name="config">An administrator's access.</param>
    /// <param name="kubectl">kubectl with the same access.</param>
    /// <param name="options">How they behave.</param>
    /// <param name="loggers">Where they say what they do.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    public static async Task<StandInSet> StartAsync(
        KubeConfig config,
        Kubectl kubectl,
        StandInOptions options,
        ILoggerFactory loggers,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        var set = new StandInSet(config, kubectl, options, loggers);
        try
        {
            await Task.WhenAll(
                set.StartAsync(new WorkloadsReactor(), cancellationToken),
                set.StartAsync(new ExternalSecretsReactor(), cancellationToken),
                set.StartAsync(new CloudNativePgReactor(), cancellationToken),
                set.StartAsync(new SchemaHeroReactor(options.RecordsPlannedSha), cancellationToken),
                set.StartArgoCdAsync(cancellationToken));
            return set;
        }
        catch
        {
            await set.DisposeAsync();
            throw;
        }
    }

    /// <summary>What Argo CD hears by webhook: a repository may have changed. It looks at once, and not only when it would have asked.</summary>
    /// <param name="repository">Its full name, such as <c>acme/orders</c>.</param>
    public void Hear(string repository) => _hear(repository);

    /// <summary>Stops them; their objects stay.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var standIn in _running)
        {
            await standIn.DisposeAsync();
        }

        await _view.DisposeAsync();
        _clients.ForEach(client => client.Dispose());
    }

    private Task StartAsync(IReactor reactor, CancellationToken cancellationToken)
    {
        var client = ClientOf(reactor.FieldManager);
        var writer = WriterOf(reactor.Name, reactor.FieldManager, client);
        return Prepare(new ReactorWatchful(reactor, _view, writer, _options)).StartAsync(workers: 1, cancellationToken);
    }

    private Task StartArgoCdAsync(CancellationToken cancellationToken)
    {
        const string Manager = "argocd-controller";
        var client = ClientOf(Manager);
        var writer = WriterOf(ArgoCdWatchful.StandInName, Manager, client);
        var directory = System.IO.Directory.CreateDirectory(_options.Directory).FullName;
        var secrets = new RepositorySecrets(() => _view.List(ForeignKinds.Secret, RepositorySecrets.Namespace));
        var manifests = new ManifestSource(
            new GitRepositories(Path.Combine(directory, "mirrors"), _options.Credentials, secrets.AreFor),
            new KustomizeBuild(_kubectl.Path),
            Path.Combine(directory, "checkouts"),
            _options.Clock,
            _options.PollInterval);
        var resources = new ApplicationResources(_view, writer, _kinds, client);
        var argoCd = new ArgoCdWatchful(_view, writer, manifests, resources, _options);
        var standIn = Prepare(argoCd);
        _hear = repository =>
        {
            manifests.Hear(repository);
            standIn.LookAt(argoCd.From(repository));
        };
        return standIn.StartAsync(ArgoCdWorkers, cancellationToken);
    }

    private StandIn Prepare(IWatchful watchful)
    {
        var standIn = new StandIn(watchful, _view, _options, _loggers.CreateLogger(watchful.Name));
        _running.Add(standIn);
        return standIn;
    }

    private Writer WriterOf(string name, string fieldManager, KubeClient client) =>
        new(name, fieldManager, client, _view, _loggers.CreateLogger(name)) { Kinds = _kinds };

    private KubeClient ClientOf(string name)
    {
        var client = KubeClient.Create(_config, new KubeClientSettings { UserAgent = name, Clock = _options.Clock });
        _clients.Add(client);
        return client;
    }
}
