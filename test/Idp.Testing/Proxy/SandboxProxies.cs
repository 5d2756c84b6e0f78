using Idp.Sandbox.World;

namespace Idp.Testing.Proxy;

/// <summary>Proxies between the operators of a sandbox and its servers.</summary>
public static class SandboxProxies
{
    /// <summary>Starts a proxy in front of the API server, for an operator; ends with the sandbox at the latest.</summary>
    public static Task<FaultProxy> StartApiServerProxyAsync(this Sandbox.World.Sandbox sandbox, CancellationToken cancellationToken) =>
        StartAsync(sandbox, FaultProxyOptions.ForApiServer(sandbox.ControlPlane.KubeconfigPath), cancellationToken);

    /// <summary>Starts a proxy in front of GitHub, for an operator; ends with the sandbox at the latest.</summary>
    public static Task<FaultProxy> StartGitHubProxyAsync(this Sandbox.World.Sandbox sandbox, CancellationToken cancellationToken) =>
        StartAsync(sandbox, new FaultProxyOptions { Upstream = sandbox.GitHub.BaseAddress }, cancellationToken);

    /// <summary>What an operator is started with so that proxies stand between it and its servers.</summary>
    /// <param name="sandbox">The world.</param>
    /// <param name="setup">What it has of its own besides.</param>
    /// <param name="apiServer">What stands between it and the API server.</param>
    /// <param name="gitHub">
    /// What stands between it and GitHub's API; null for nothing. It then reads a copy of the platform's settings, made now.
    /// </param>
    /// <param name="cancellationToken">Ends the writing of its files.</param>
    public static async Task<OperatorSetup> BehindAsync(
        this Sandbox.World.Sandbox sandbox, OperatorSetup setup, FaultProxy apiServer, FaultProxy? gitHub, CancellationToken cancellationToken)
    {
        await sandbox.GrantOperatorAsync(cancellationToken);
        var kubeconfig = Path.Combine(sandbox.Directory, $"operator-{apiServer.Address.Port}.kubeconfig");
        await apiServer.WriteKubeconfigAsync(sandbox.OperatorKubeconfig, kubeconfig, cancellationToken);
        if (gitHub is null)
        {
            return setup with { Kubeconfig = kubeconfig };
        }

        var platform = Path.Combine(sandbox.Directory, $"platform-{gitHub.Address.Port}.yaml");
        await PlatformFile.CopyAsync(sandbox.PlatformPath, platform, gitHub.Address, cancellationToken);
        return setup with { Kubeconfig = kubeconfig, PlatformPath = platform };
    }

    private static async Task<FaultProxy> StartAsync(Sandbox.World.Sandbox sandbox, FaultProxyOptions options, CancellationToken cancellationToken)
    {
        var proxy = await FaultProxy.StartAsync(options with { Clock = sandbox.Clock }, cancellationToken);
        sandbox.Add(proxy);
        return proxy;
    }
}
