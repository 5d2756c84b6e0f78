using Idp.Sandbox.Processes;

namespace Idp.Sandbox.World;

/// <summary>kubectl with one kubeconfig: what the demo shows people, and raw paths that the client does not read.</summary>
/// <param name="Path">The program.</param>
/// <param name="Kubeconfig">The kubeconfig.</param>
public sealed record Kubectl(string Path, string Kubeconfig)
{
    // Not the user's own: what kubectl learned of this server must not be believed of the next one at the same port.
    private string CacheDirectory => System.IO.Path.Combine(System.IO.Path.GetDirectoryName(Kubeconfig)!, "kubectl-cache");

    /// <summary>What people type in a shell before their <c>kubectl</c> is this one and speaks with this cluster.</summary>
    /// <param name="searchPath">The shell's <c>PATH</c>.</param>
    public IReadOnlyList<string> Exports(string searchPath)
    {
        ArgumentNullException.ThrowIfNull(searchPath);
        var theirs = searchPath.Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => System.IO.Path.Combine(folder, "kubectl")).FirstOrDefault(File.Exists);
        var kubeconfig = $"export KUBECONFIG={Kubeconfig}";
        return theirs == Path ? [kubeconfig] : [$"export PATH={System.IO.Path.GetDirectoryName(Path)}:$PATH", kubeconfig];
    }

    /// <summary>Runs kubectl; a failure is in the result, not thrown.</summary>
    public Task<CommandResult> RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken) =>
        RunAsync(arguments, "", cancellationToken);

    /// <summary>Runs kubectl with something on standard input; a failure is in the result, not thrown.</summary>
    public Task<CommandResult> RunAsync(
        IReadOnlyList<string> arguments, string input, CancellationToken cancellationToken) =>
        new Command(Path, ["--kubeconfig", Kubeconfig, "--cache-dir", CacheDirectory, .. arguments]) { Input = input }.RunAsync(cancellationToken);

    /// <summary>Reads a path of the API server as it is; null where it does not answer with success.</summary>
    public async Task<string?> RawAsync(string path, CancellationToken cancellationToken)
    {
        var result = await RunAsync(["get", "--raw", path], cancellationToken);
        return result.Succeeded ? result.Output : null;
    }
}
