using Idp.Sandbox.Processes;

namespace Idp.Testing.GoldenPaths;

/// <summary>A folder in which git works, with nothing of the user's own settings.</summary>
/// <param name="Path">Where it is.</param>
public sealed record GitFolder(string Path)
{
    private static readonly string[] Settings =
    [
        "-c", "user.name=ada", "-c", "user.email=ada@acme.dev", "-c", "core.autocrlf=false", "-c", "core.quotePath=false", "-c", "gc.auto=0",
        "-c", "init.defaultBranch=main", "-c", "advice.detachedHead=false",
    ];

    /// <summary>Runs git and returns what it said; fails where git does.</summary>
    public async Task<string> RunAsync(params string[] arguments)
    {
        var result = await TryAsync(arguments);
        return result.Succeeded
            ? result.Output
            : throw new InvalidOperationException($"git {string.Join(' ', arguments)} in {Path}: {result.ExitCode} {result.Error}{result.Output}");
    }

    /// <summary>Runs git, whatever comes of it.</summary>
    public Task<CommandResult> TryAsync(params string[] arguments) => TryAsync(new Dictionary<string, string>(), arguments);

    /// <summary>Runs git with some more of its variables set.</summary>
    public Task<CommandResult> TryAsync(IReadOnlyDictionary<string, string> variables, params string[] arguments)
    {
        var environment = new Dictionary<string, string>(variables)
        {
            ["GIT_CONFIG_GLOBAL"] = "/dev/null",
            ["GIT_CONFIG_NOSYSTEM"] = "1",
            ["GIT_TERMINAL_PROMPT"] = "0",
            ["LC_ALL"] = "C.UTF-8",
        };
        return new Command("git", [.. Settings, .. arguments]) { Directory = Path, Environment = environment }.RunAsync(CancellationToken.None);
    }

    /// <summary>The part of the path of a file in it.</summary>
    public string File(string path) => System.IO.Path.Combine(Path, path);
}
