using System.Diagnostics;
using System.Globalization;
using Idp.Kubernetes.Client;

namespace Idp.Sandbox.ControlPlane;

/// <summary>A real API server of our own, from <c>hack/control-plane.sh</c>: gone when it is disposed, or when this process ends.</summary>
public sealed class ControlPlane : IAsyncDisposable
{
    private static readonly Lazy<string?> NoCrdServer = new(WhyNoCrdServer);
    private readonly string _directory;

    private ControlPlane(string directory)
    {
        _directory = directory;
        KubeconfigPath = Path.Combine(directory, "kubeconfig");
        Config = KubeConfig.Load(KubeconfigPath);
    }

    /// <summary>Why today's server of custom resources cannot be started here; null if it can. <c>hack/modern-crds.sh</c> builds it.</summary>
    public static string? MissingCrdServer => NoCrdServer.Value;

    /// <summary>The administrator's kubeconfig.</summary>
    public string KubeconfigPath { get; }

    /// <summary>The administrator's access.</summary>
    public KubeConfig Config { get; }

    /// <summary>Starts a control plane, which takes some seconds.</summary>
    /// <exception cref="InvalidOperationException">It did not start; the message is the script's.</exception>
    public static async Task<ControlPlane> StartAsync(CancellationToken cancellationToken)
    {
        var directory = Directory.CreateTempSubdirectory("idp-control-plane-").FullName;
        await RunAsync(["up", "--dir", directory, "--watch-pid", $"{Environment.ProcessId}"], cancellationToken);
        return new ControlPlane(directory);
    }

    /// <summary>Makes a client with the administrator's access.</summary>
    public KubeClient CreateClient(KubeClientSettings? settings = null) => KubeClient.Create(Config, settings);

    /// <summary>Starts today's server of custom resources beside this control plane, or finds it started; it ends with it.</summary>
    /// <returns>The administrator's access to it.</returns>
    /// <remarks>
    /// Our definitions meet what users run there, whatever the version of the control plane: rules in CEL and what they cost,
    /// strict validation, ratcheting. It serves no other kinds, not even namespaces, and lets objects be in any.
    /// </remarks>
    /// <exception cref="InvalidOperationException">It did not start, or cannot be had (<see cref="MissingCrdServer"/>); the message is the script's.</exception>
    public async Task<KubeConfig> StartCrdServerAsync(CancellationToken cancellationToken)
    {
        await RunAsync(["crds", "--dir", _directory], cancellationToken);
        return KubeConfig.Load(Path.Combine(_directory, "crds.kubeconfig"));
    }

    /// <summary>Lets garbage collection know kinds that were defined since the start; else that takes it half a minute.</summary>
    public Task RefreshAsync(CancellationToken cancellationToken) => RunAsync(["refresh", "--dir", _directory], cancellationToken);

    /// <summary>Ends the API server as a crash would (SIGKILL); its data stays.</summary>
    public async Task KillApiServerAsync(CancellationToken cancellationToken)
    {
        var id = await File.ReadAllTextAsync(Path.Combine(_directory, "run", "kube-apiserver.pid"), cancellationToken);
        using var server = Process.GetProcessById(int.Parse(id, CultureInfo.InvariantCulture));
        server.Kill();
        await server.WaitForExitAsync(cancellationToken);
    }

    /// <summary>Starts again what has died, on the same data and the same port, and waits until it is ready.</summary>
    public Task RestartAsync(CancellationToken cancellationToken) => RunAsync(["up", "--dir", _directory], cancellationToken);

    /// <summary>Ends the control plane and removes its data.</summary>
    public async ValueTask DisposeAsync() => await RunAsync(["down", "--dir", _directory], CancellationToken.None);

    private static async Task RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        using var process = Run("control-plane.sh", arguments);
        var said = await process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"control-plane.sh {arguments[0]} failed: {said}");
        }
    }

    private static string? WhyNoCrdServer()
    {
        using var process = Run("modern-crds.sh", ["--cached"]);
        var said = process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? null : said.Trim();
    }

    private static Process Run(string script, IReadOnlyList<string> arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(RepositoryRoot(), "hack", script), arguments)
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        return Process.Start(start) ?? throw new InvalidOperationException($"{script} did not start.");
    }

    private static string RepositoryRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "Idp.Operator.sln")))
        {
            directory = directory.Parent;
        }

        return directory?.FullName ?? throw new InvalidOperationException("This does not run inside the repository.");
    }
}
