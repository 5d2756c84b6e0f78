using System.Net;
using System.Net.Sockets;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;
using Idp.Sandbox.World;

namespace Idp.EndToEnd.Tests.World;

/// <summary>
/// Stands in for a node and the controllers above it: runs the installed Deployment's container as a process, under the token of its service
/// account, with its arguments, variables and volumes; the pod is an object that goes when the process has ended. One copy, whatever <c>replicas</c> says.
/// </summary>
internal sealed class Kubelet : IAsyncDisposable
{
    private const string Namespace = "idp-system";
    private static readonly ResourceKind Pod = new("", "v1", "Pod", "pods");
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(100);
    private readonly CancellationTokenSource _stop = new();
    private readonly Platform _platform;
    private readonly Action<OperatorProcess> _started;
    private Task _work = Task.CompletedTask;
    private Running? _running;
    private int _pods;

    private Kubelet(Platform platform, Action<OperatorProcess> started) => (_platform, _started) = (platform, started);

    /// <summary>The image of the pod that runs; null while none does.</summary>
    public string? RunningImage => _running?.Image;

    /// <summary>Begins to look for the Deployment; tells of each process that it has started.</summary>
    public static Kubelet Start(Platform platform, Action<OperatorProcess> started)
    {
        var kubelet = new Kubelet(platform, started);
        kubelet._work = kubelet.WorkAsync();
        return kubelet;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_running is { } running)
        {
            await running.Process.DisposeAsync();
        }

        _stop.Dispose();
    }

    private async Task WorkAsync()
    {
        using var glances = new PeriodicTimer(Glance, TimeProvider.System);
        while (await glances.WaitForNextTickAsync(_stop.Token))
        {
            try
            {
                await LookAsync();
            }
            catch (Exception error) when (error is KubeException or InvalidOperationException)
            {
                // As a kubelet does: what it needs (account, settings, namespace) may be there the next time.
            }
        }
    }

    private async Task LookAsync()
    {
        var deployment = await _platform.FindAsync(ForeignKinds.Deployment, Namespace, "idp-operator");
        if (_running is { } running)
        {
            var pod = await _platform.FindAsync(Pod, Namespace, running.Name);
            if (pod?.TextAt("metadata", "deletionTimestamp") is not null || pod is null || deployment?.ObjectsAt("spec", "template", "spec", "containers").First().TextAt("image") != running.Image)
            {
                await EndAsync(running);
            }
        }
        else if (deployment is not null && deployment.TextAt("metadata", "deletionTimestamp") is null)
        {
            await BeginAsync(deployment);
        }
    }

    private async Task EndAsync(Running running)
    {
        await running.Process.StopAsync(CancellationToken.None);
        await running.Process.DisposeAsync();
        _running = null;
        await _platform.KubectlAsync("delete", "pod", running.Name, "-n", Namespace, "--ignore-not-found", "--grace-period=0", "--force", "--wait=false");
    }

    private async Task BeginAsync(JsonObject deployment)
    {
        var pod = PodOf(deployment, $"idp-operator-{++_pods}");
        var name = pod.TextAt("metadata", "name")!;
        var folder = await PodFolder.WriteAsync(_platform, pod, Path.Combine(_platform.Sandbox.Directory, "pods", name));
        var kubeconfig = Path.Combine(_platform.Sandbox.Directory, $"{name}.kubeconfig");
        await new AccountKubeconfig(_platform.Sandbox.Kubectl)
            .WriteAsync(kubeconfig, Namespace, pod.TextAt("spec", "serviceAccountName") ?? "default", _stop.Token);
        await _platform.Client.CreateAsync(Pod, pod, _stop.Token);
        var process = await OperatorProcess.StartAsync(OptionsOf(pod, folder, kubeconfig), _stop.Token);
        _started(process);
        _running = new Running(name, pod.ObjectsAt("spec", "containers").First().TextAt("image") ?? "", process);
    }

    private static JsonObject PodOf(JsonObject deployment, string name)
    {
        var spec = deployment["spec"]!["template"]!["spec"]!.DeepClone();
        spec["nodeName"] = "this-machine";
        return new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Pod",
            ["metadata"] = new JsonObject
            {
                ["name"] = name,
                ["namespace"] = Namespace,
                ["labels"] = deployment["spec"]!["template"]!["metadata"]!["labels"]!.DeepClone(),
                ["ownerReferences"] = new JsonArray(new JsonObject
                {
                    ["apiVersion"] = "apps/v1",
                    ["kind"] = "Deployment",
                    ["name"] = deployment.TextAt("metadata", "name"),
                    ["uid"] = deployment.TextAt("metadata", "uid"),
                }),
            },
            ["spec"] = spec,
        };
    }

    private OperatorOptions OptionsOf(JsonObject pod, PodFolder folder, string kubeconfig)
    {
        var container = pod.ObjectsAt("spec", "containers").First();
        var arguments = container["args"]!.AsArray().Select(argument => folder.Here((string?)argument ?? "")).ToList();
        string Take(string option)
        {
            var argument = arguments.Single(item => item.StartsWith($"--{option}=", StringComparison.Ordinal));
            arguments.Remove(argument);
            return argument[(option.Length + 3)..];
        }

        arguments.Remove("run").Should().BeTrue();
        Take("listen").Should().Be("0.0.0.0:8080", "the Service, the probes and the network policy know that port");
        return new OperatorOptions
        {
            Binary = SandboxPaths.OperatorBinary() ?? throw new InvalidOperationException("The operator is not built."),
            PlatformPath = Take("platform"),
            Kubeconfig = kubeconfig,
            Address = new Uri($"http://127.0.0.1:{FreePort()}/"),
            LogPath = Path.Combine(_platform.Sandbox.Directory, "log", $"{pod.TextAt("metadata", "name")}.log"),
            Environment = container.ObjectsAt("env").ToDictionary(variable => variable.TextAt("name") ?? "", variable => ValueOf(variable, pod)),
            Arguments = arguments,
        };
    }

    private static string ValueOf(JsonObject variable, JsonObject pod) =>
        variable.TextAt("valueFrom", "fieldRef", "fieldPath") is { } path
            ? pod.TextAt(path.Split('.')) ?? throw new InvalidOperationException($"A pod has no {path}.")
            : variable.TextAt("value") ?? "";

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private sealed record Running(string Name, string Image, OperatorProcess Process);
}
