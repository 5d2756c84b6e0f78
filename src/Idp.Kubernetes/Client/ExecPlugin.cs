using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Idp.Kubernetes.Client;

/// <summary>A program that gives credentials.</summary>
/// <remarks>https://kubernetes.io/docs/reference/access-authn-authz/authentication/#client-go-credential-plugins</remarks>
internal sealed class ExecPlugin
{
    private const string Group = "client.authentication.k8s.io";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    public required string Command { get; init; }

    public required string ApiVersion { get; init; }

    public IReadOnlyList<string> Arguments { get; init; } = [];

    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    public JsonObject? Cluster { get; init; }

    public static ExecPlugin From(KubeconfigEntry exec, KubeconfigEntry cluster)
    {
        var version = exec.Text("apiVersion");
        if (version is not $"{Group}/v1" and not $"{Group}/v1beta1")
        {
            throw new KubeConfigException($"The {exec} has the apiVersion '{version}'; {Group}/v1 and v1beta1 are known.");
        }

        if (exec.Text("interactiveMode") == "Always")
        {
            throw new KubeConfigException($"The {exec} wants a person at a terminal (interactiveMode: Always).");
        }

        return new ExecPlugin
        {
            Command = PathOf(exec),
            ApiVersion = version,
            Arguments = [.. (exec.Value["args"] as JsonArray ?? []).Select(argument => KubeconfigEntry.Scalar(argument) ?? "")],
            Environment = (exec.Value["env"] as JsonArray ?? []).OfType<JsonObject>().ToDictionary(
                pair => KubeconfigEntry.Scalar(pair["name"]) ?? "",
                pair => KubeconfigEntry.Scalar(pair["value"]) ?? ""),
            Cluster = exec.Flag("provideClusterInfo") ? ClusterInfo(cluster) : null,
        };
    }

    /// <summary>Runs the program and returns what it printed.</summary>
    public async Task<string> RunAsync(TimeProvider clock, CancellationToken cancellationToken)
    {
        using var process = new Process { StartInfo = StartInfo() };
        try
        {
            process.Start();
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            throw new KubeConfigException($"The credential plugin {Command} cannot be started.", exception);
        }

        try
        {
            process.StandardInput.Close();
            using var patience = new Deadline(Patience, clock, cancellationToken);
            var errors = process.StandardError.BaseStream.CopyToAsync(Stream.Null, patience.Token);
            var output = await BoundedText.OfOutputAsync(process.StandardOutput, Bounds.Config, patience.Token)
                ?? throw new KubeConfigException($"The credential plugin {Command} prints more than {Bounds.Config / 1024} KiB.");
            await errors;
            await process.WaitForExitAsync(patience.Token);
            return process.ExitCode == 0
                ? output
                : throw new KubeConfigException($"The credential plugin {Command} ended with exit code {process.ExitCode}.");
        }
        catch (OperationCanceledException error) when (!cancellationToken.IsCancellationRequested)
        {
            throw new KubeConfigException($"The credential plugin {Command} did not end within {Patience.TotalSeconds:0} s.", error);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    private ProcessStartInfo StartInfo()
    {
        var info = new JsonObject
        {
            ["apiVersion"] = ApiVersion,
            ["kind"] = "ExecCredential",
            ["spec"] = new JsonObject { ["interactive"] = false, ["cluster"] = Cluster?.DeepClone() },
        };
        var start = new ProcessStartInfo(Command, Arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["KUBERNETES_EXEC_INFO"] = info.ToJsonString();
        foreach (var (name, value) in Environment)
        {
            start.Environment[name] = value;
        }

        return start;
    }

    // A bare name is looked for in PATH; a relative path is relative to the kubeconfig.
    private static string PathOf(KubeconfigEntry exec)
    {
        var command = exec.Text("command") ?? throw new KubeConfigException($"The {exec} has no command.");
        return command.Contains('/', StringComparison.Ordinal) || command.Contains(Path.DirectorySeparatorChar)
            ? Path.GetFullPath(Path.Combine(exec.Directory, command))
            : command;
    }

    private static JsonObject ClusterInfo(KubeconfigEntry cluster)
    {
        var info = new JsonObject { ["server"] = cluster.Text("server") };
        foreach (var member in new[] { "certificate-authority-data", "tls-server-name", "proxy-url" })
        {
            if (cluster.Text(member) is { } text)
            {
                info[member] = text;
            }
        }

        if (cluster.Flag("insecure-skip-tls-verify"))
        {
            info["insecure-skip-tls-verify"] = true;
        }

        return info;
    }
}
