using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json.Nodes;
using k8s.KubeConfigModels;

namespace Idp.Kubernetes.Client;

/// <summary>A program that gives credentials.</summary>
/// <remarks>
/// <para>
/// The package runs such programs too, but joins their arguments with blanks, waits for their end before it reads what they print, leaves
/// them running when time is over, does not look at how they ended, and cannot be told to stop.
/// </para>
/// <para>https://kubernetes.io/docs/reference/access-authn-authz/authentication/#client-go-credential-plugins</para>
/// </remarks>
internal sealed class ExecPlugin
{
    private const string Group = "client.authentication.k8s.io";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private readonly ProcessStartInfo _start;

    private ExecPlugin(ProcessStartInfo start) => _start = start;

    public string Command => _start.FileName;

    /// <exception cref="KubeConfigException">It is not usable.</exception>
    public static ExecPlugin From(KubeconfigFile file, string user, ExternalExecution exec, KubeconfigCluster cluster)
    {
        var why = exec switch
        {
            { Command: null or "" } => "has no command",
            { ApiVersion: not $"{Group}/v1" and not $"{Group}/v1beta1" } => $"has the apiVersion '{exec.ApiVersion}'; {Group}/v1 and v1beta1 are known",
            _ when file.Rest.Find("users", user, "user", "exec", "interactiveMode") == "Always" => "wants a person at a terminal (interactiveMode: Always)",
            _ => null,
        };
        if (why is not null)
        {
            throw new KubeConfigException($"The exec of user '{user}' {why}.");
        }

        var start = new ProcessStartInfo(PathOf(exec.Command!, file), exec.Arguments ?? [])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["KUBERNETES_EXEC_INFO"] = Info(exec, cluster).ToJsonString();
        foreach (var variable in exec.EnvironmentVariables ?? [])
        {
            start.Environment[variable.GetValueOrDefault("name", "")] = variable.GetValueOrDefault("value", "");
        }

        return new ExecPlugin(start);
    }

    /// <summary>Runs the program and returns what it printed.</summary>
    /// <exception cref="KubeConfigException">It printed too much, took too long, or failed.</exception>
    public async Task<string> RunAsync(TimeProvider clock, CancellationToken cancellationToken)
    {
        using var process = new Process { StartInfo = _start };
        try
        {
            process.Start();
        }
        catch (Win32Exception exception)
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

    // A bare name is looked for in PATH; a relative path is relative to the kubeconfig.
    private static string PathOf(string command, KubeconfigFile file) =>
        command.Contains('/', StringComparison.Ordinal) || command.Contains(Path.DirectorySeparatorChar) ? file.PathOf(command)! : command;

    private static JsonObject Info(ExternalExecution exec, KubeconfigCluster cluster) => new()
    {
        ["apiVersion"] = exec.ApiVersion,
        ["kind"] = "ExecCredential",
        ["spec"] = new JsonObject { ["interactive"] = false, ["cluster"] = exec.ProvideClusterInfo ? cluster.Describe() : null },
    };
}
