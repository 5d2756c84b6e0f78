using Idp.Entities;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;
using Idp.Sandbox.Demo;
using Idp.Sandbox.World;
using Idp.Testing.Proxy;

namespace Idp.Testing.Crash;

/// <summary>A world with one operator behind two proxies, which dies where the trap says and is started again.</summary>
internal sealed class CrashWorld : IAsyncDisposable
{
    // A name of its own each time would have the next operator wait until the dead one's lease has run out.
    private const string Identity = "crash";
    private readonly Sandbox.World.Sandbox _sandbox;
    private readonly OperatorSetup _setup;
    private OperatorProcess? _operator;

    private CrashWorld(Sandbox.World.Sandbox sandbox, OperatorSetup setup)
    {
        (_sandbox, _setup) = (sandbox, setup);
        Trap = new Trap(() => _operator!.KillAsync(CancellationToken.None));
    }

    /// <summary>Where the operator dies.</summary>
    public Trap Trap { get; }

    /// <summary>Reads what there is.</summary>
    public required WorldReader Reader { get; init; }

    /// <summary>The end of the newest operator's log.</summary>
    public string LogTail => _operator?.LogTail(15) ?? "";

    /// <summary>Starts everything, the operator included.</summary>
    public static async Task<CrashWorld> StartAsync(
        string directory, Narrator narrator, TimeProvider clock, CancellationToken cancellationToken)
    {
        var options = new SandboxOptions
        {
            Directory = directory,
            Progress = narrator.Say,
            Clock = clock,
        };
        var sandbox = await Sandbox.World.Sandbox.StartAsync(options, cancellationToken);
        try
        {
            var apiServer = await sandbox.StartApiServerProxyAsync(cancellationToken);
            var gitHub = await sandbox.StartGitHubProxyAsync(cancellationToken);
            var setup = await sandbox.BehindAsync(new OperatorSetup { Identity = Identity }, apiServer, gitHub, cancellationToken);
            var reader = await WorldReader.StartAsync(sandbox, cancellationToken);
            var world = new CrashWorld(sandbox, setup) { Reader = reader };
            world.Trap.PutInto(apiServer, "kubernetes");
            world.Trap.PutInto(gitHub, "github");
            await world.StartOperatorAsync(cancellationToken);
            return world;
        }
        catch
        {
            await sandbox.DisposeAsync();
            throw;
        }
    }

    /// <summary>Makes the team's namespace and asks for the application.</summary>
    public async Task ApplyAsync(CrashApp app, CancellationToken cancellationToken)
    {
        await _sandbox.CreateNamespaceAsync(app.Team, cancellationToken);
        await _sandbox.ApplyAsync(app.Manifest(), cancellationToken);
    }

    /// <summary>Asks for the deletion of the application.</summary>
    public Task DeleteAsync(CrashApp app, CancellationToken cancellationToken) =>
        _sandbox.Client.DeleteAsync(BackendApp.ResourceKind, app.Key, new DeleteOptions(), cancellationToken);

    /// <summary>Whether the application is ready.</summary>
    public async Task<bool> IsReadyAsync(CrashApp app, CancellationToken cancellationToken) =>
        CrashApp.IsReady(await _sandbox.Client.FindAsync(BackendApp.ResourceKind, app.Key, cancellationToken));

    /// <summary>Whether the application is gone.</summary>
    public async Task<bool> IsGoneAsync(CrashApp app, CancellationToken cancellationToken) =>
        await _sandbox.Client.FindAsync(BackendApp.ResourceKind, app.Key, cancellationToken) is null;

    /// <summary>Starts an operator again where it has died.</summary>
    public async Task ReviveAsync(CancellationToken cancellationToken)
    {
        if (Trap.HasSprung && _operator is { HasEnded: true })
        {
            await StartOperatorAsync(cancellationToken);
        }
    }

    /// <summary>Asks for what an application leaves behind to go, and does not wait for it: other names are not disturbed by it.</summary>
    public async Task SweepAsync(CrashApp app, CancellationToken cancellationToken)
    {
        await foreach (var item in _sandbox.Client.ListAsync(WellKnownKinds.Namespace, new ListOptions(), cancellationToken))
        {
            if (item.Key.Name.Contains(app.Name, StringComparison.Ordinal))
            {
                await _sandbox.Client.DeleteAsync(item.Kind, item.Key, new DeleteOptions(), cancellationToken);
            }
        }
    }

    public ValueTask DisposeAsync() => _sandbox.DisposeAsync();

    private async Task StartOperatorAsync(CancellationToken cancellationToken)
    {
        Trap.Open();
        _operator = await _sandbox.StartOperatorAsync(_setup, cancellationToken);
    }
}
