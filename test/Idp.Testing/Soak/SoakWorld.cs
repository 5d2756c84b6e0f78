using System.Text.Json.Nodes;
using Idp.Entities;
using Idp.Kubernetes.Model;
using Idp.Sandbox.Demo;
using Idp.Sandbox.StandIns;
using Idp.Sandbox.World;
using Idp.Testing.Proxy;

namespace Idp.Testing.Soak;

/// <summary>A world with applications, and an operator behind a proxy that is to do the same things for a long time.</summary>
internal sealed class SoakWorld : IAsyncDisposable
{
    private const string Team = "team-soak";
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(250);

    private readonly TimeProvider _clock;

    private SoakWorld(Sandbox.World.Sandbox sandbox, FaultProxy proxy, OperatorProcess process, SoakOptions options)
    {
        _clock = options.Clock;
        (Sandbox, Proxy, Operator) = (sandbox, proxy, process);
        Meters = new OperatorMeters(process.Address);
        Memory = new OperatorMemory(process, Meters, _clock);
        Applications = [.. Enumerable.Range(1, options.Applications).Select(number => new ObjectKey(Team, $"soak-{number}"))];
    }

    /// <summary>The world.</summary>
    public Sandbox.World.Sandbox Sandbox { get; }

    /// <summary>What stands between the operator and the API server.</summary>
    public FaultProxy Proxy { get; }

    /// <summary>The operator.</summary>
    public OperatorProcess Operator { get; }

    /// <summary>What the operator tells of itself.</summary>
    public OperatorMeters Meters { get; }

    /// <summary>What the operator holds.</summary>
    public OperatorMemory Memory { get; }

    /// <summary>The applications.</summary>
    public IReadOnlyList<ObjectKey> Applications { get; }

    /// <summary>Starts a world and waits until its applications are ready.</summary>
    public static async Task<SoakWorld> StartAsync(SoakOptions options, Narrator narrator, CancellationToken cancellationToken)
    {
        var sandbox = await Idp.Sandbox.World.Sandbox.StartAsync(
            new SandboxOptions { Directory = options.Directory, Progress = narrator.Say, Clock = options.Clock }, cancellationToken);
        try
        {
            var proxy = await sandbox.StartApiServerProxyAsync(cancellationToken);
            var setup = new OperatorSetup
            {
                Environment = new Dictionary<string, string> { [OperatorProcess.Diagnostics] = "1" }, // OperatorMemory has it collect its garbage
            };
            var process = await sandbox.StartOperatorAsync(
                await sandbox.BehindAsync(setup, proxy, gitHub: null, cancellationToken), cancellationToken);
            narrator.Say($"operator: pid {process.Id}, {process.Address}metrics, log {process.LogPath}");
            var world = new SoakWorld(sandbox, proxy, process, options);
            await world.FurnishAsync(cancellationToken);
            narrator.Say($"{options.Applications} applications are ready");
            return world;
        }
        catch
        {
            await sandbox.DisposeAsync();
            throw;
        }
    }

    /// <summary>Changes an application, as its developer would.</summary>
    /// <param name="application">Which.</param>
    /// <param name="replicas">How many replicas it is to have.</param>
    /// <param name="cancellationToken">Ends the change.</param>
    public Task ScaleAsync(ObjectKey application, int replicas, CancellationToken cancellationToken) => Sandbox.ApplyAsync(
        new JsonObject
        {
            ["apiVersion"] = BackendApp.ResourceKind.ApiVersion,
            ["kind"] = BackendApp.ResourceKind.Kind,
            ["metadata"] = new JsonObject { ["name"] = application.Name, ["namespace"] = application.Namespace },
            ["spec"] = new JsonObject
            {
                ["replicas"] = replicas,
                ["environments"] = new JsonArray(new JsonObject { ["name"] = "staging" }),
            },
        },
        cancellationToken);

    /// <summary>Waits until every application is deployed with so many replicas.</summary>
    public async Task UntilScaledAsync(int replicas, CancellationToken cancellationToken)
    {
        foreach (var application in Applications)
        {
            while (!await IsScaledAsync(application, replicas, cancellationToken))
            {
                await Task.Delay(Poll, _clock, cancellationToken);
            }
        }
    }

    /// <summary>Says that the operator is the one that was started.</summary>
    /// <exception cref="SoakFailedException">It has ended.</exception>
    public void ExpectAlive()
    {
        if (Operator.HasEnded)
        {
            throw new SoakFailedException($"The operator has ended:{Environment.NewLine}{Operator.LogTail()}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        Proxy.ClearFaults();
        Meters.Dispose();
        await Sandbox.DisposeAsync();
    }

    private async Task FurnishAsync(CancellationToken cancellationToken)
    {
        await Sandbox.CreateNamespaceAsync(Team, cancellationToken);
        await Task.WhenAll(Applications.Select(application => ScaleAsync(application, 1, cancellationToken)));
        await UntilScaledAsync(1, cancellationToken);
    }

    private async Task<bool> IsScaledAsync(ObjectKey application, int replicas, CancellationToken cancellationToken)
    {
        ExpectAlive();
        var home = new ObjectKey($"{application.Name}-staging", application.Name);
        var deployment = await Sandbox.Client.FindAsync(ForeignKinds.Deployment, home, cancellationToken);
        return deployment?.ToJson().NumberAt(0, "spec", "replicas") == replicas;
    }
}
