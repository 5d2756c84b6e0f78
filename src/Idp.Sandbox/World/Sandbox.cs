using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;
using Idp.Sandbox.GitHub;
using Idp.Sandbox.StandIns;
using Microsoft.Extensions.Logging;

namespace Idp.Sandbox.World;

/// <summary>A laptop-sized world: a real API server, a GitHub contract server, the stand-ins, and the operator as a process.</summary>
/// <remarks>
/// Guarantees: when it is disposed, or this process ends in whatever way, nothing of it keeps running; it listens on
/// loopback only; the operator runs under the rights of <c>config/operator</c>, never as administrator.
/// </remarks>
public sealed class Sandbox : IAsyncDisposable
{
    private readonly SandboxOptions _options;
    private readonly Installer _installer;
    private readonly ILoggerFactory _loggers;
    private readonly StandInSet? _standIns;
    private readonly List<OperatorProcess> _operators = [];
    private readonly List<IAsyncDisposable> _additions = [];
    private int _operatorCount;

    private Sandbox(SandboxOptions options, SandboxParts parts)
    {
        _options = options;
        (ControlPlane, GitHub, Client, Kubectl) = (parts.ControlPlane, parts.GitHub, parts.Client, parts.Kubectl);
        (_standIns, _loggers) = (parts.StandIns, parts.Loggers);
        _installer = new Installer(Client, parts.Kinds, options.Clock);
        Metrics = new ApiServerMetrics(Kubectl);
    }

    /// <summary>The API server.</summary>
    public ControlPlane.ControlPlane ControlPlane { get; }

    /// <summary>The GitHub contract server.</summary>
    public GitHubServer GitHub { get; }

    /// <summary>A client with the administrator's access.</summary>
    public KubeClient Client { get; }

    /// <summary>kubectl with the administrator's access.</summary>
    public Kubectl Kubectl { get; }

    /// <summary>Counts the writes to the API server.</summary>
    public ApiServerMetrics Metrics { get; }

    /// <summary>The script of what goes wrong with the stand-ins.</summary>
    public Faults Faults => _options.Faults;

    /// <summary>Where time comes from.</summary>
    public TimeProvider Clock => _options.Clock;

    /// <summary>Where logs, repositories and settings are.</summary>
    public string Directory => Path.GetFullPath(_options.Directory);

    /// <summary>The operator's kubeconfig; written before the first operator starts.</summary>
    public string OperatorKubeconfig => Path.Combine(Directory, "operator.kubeconfig");

    /// <summary>The platform's settings; the operator reads the file again when it changes.</summary>
    public string PlatformPath => Path.Combine(Directory, "platform.yaml");

    /// <summary>Starts everything but the operator.</summary>
    /// <exception cref="InvalidOperationException">A part did not start; the message says which, and why.</exception>
    public static async Task<Sandbox> StartAsync(SandboxOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        var parts = await SandboxStart.RunAsync(options, cancellationToken);
        return new Sandbox(options, parts);
    }

    /// <summary>Makes the operator's account and writes its kubeconfig, unless that is done.</summary>
    public async Task GrantOperatorAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists(OperatorKubeconfig))
        {
            await new OperatorAccess(_installer, Kubectl).GrantAsync(OperatorKubeconfig, cancellationToken);
        }
    }

    /// <summary>Starts an operator and waits until it is ready; more than one makes them elect a leader.</summary>
    /// <param name="setup">What it has of its own.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <exception cref="InvalidOperationException">There is no built operator, or it ended at once.</exception>
    public async Task<OperatorProcess> StartOperatorAsync(OperatorSetup setup, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(setup);
        var binary = SandboxPaths.OperatorBinary()
            ?? throw new InvalidOperationException($"The operator is not built: dotnet build src/Idp.Operator --configuration {SandboxPaths.Configuration}.");
        await GrantOperatorAsync(cancellationToken);
        var number = Interlocked.Increment(ref _operatorCount);
        var process = await OperatorProcess.StartAsync(
            new OperatorOptions
            {
                Binary = binary,
                PlatformPath = setup.PlatformPath ?? PlatformPath,
                Kubeconfig = setup.Kubeconfig ?? OperatorKubeconfig,
                Address = new Uri($"http://127.0.0.1:{FreePort()}/"),
                LogPath = Path.Combine(Directory, "log", $"operator-{number}.log"),
                Identity = setup.Identity,
                Environment = setup.Environment,
                Arguments = setup.Arguments,
                Clock = _options.Clock,
            },
            cancellationToken);
        _operators.Add(process);
        return process;
    }

    /// <summary>Starts an operator under its own choice of name.</summary>
    /// <inheritdoc cref="StartOperatorAsync(OperatorSetup, CancellationToken)"/>
    public Task<OperatorProcess> StartOperatorAsync(CancellationToken cancellationToken) =>
        StartOperatorAsync(new OperatorSetup(), cancellationToken);

    /// <summary>Lets something end with the sandbox: after the operators, before everything else.</summary>
    public void Add(IAsyncDisposable addition) => _additions.Add(addition);

    /// <summary>Applies an object of any served kind as the administrator.</summary>
    public Task<KubeObject> ApplyAsync(JsonObject body, CancellationToken cancellationToken) =>
        _installer.ApplyAsync(body, cancellationToken);

    /// <summary>Makes a namespace, unless it is there.</summary>
    public Task CreateNamespaceAsync(string name, CancellationToken cancellationToken) => _installer.CreateAsync(
        WellKnownKinds.Namespace,
        new JsonObject { ["apiVersion"] = "v1", ["kind"] = "Namespace", ["metadata"] = new JsonObject { ["name"] = name } },
        cancellationToken);

    /// <summary>Ends operators, what was added, stand-ins, GitHub and the API server, in this order; the files stay.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var process in _operators)
        {
            await process.DisposeAsync();
        }

        foreach (var addition in _additions)
        {
            await addition.DisposeAsync();
        }

        if (_standIns is not null)
        {
            await _standIns.DisposeAsync();
        }

        Client.Dispose();
        await GitHub.DisposeAsync();
        await ControlPlane.DisposeAsync();
        _loggers.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
