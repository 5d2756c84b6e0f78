using Idp.Sandbox.Processes;

namespace Idp.Sandbox.World;

/// <summary>Where in the repository things are; the sandbox runs only inside it.</summary>
public static class SandboxPaths
{
    private const string BinaryVariable = "IDP_OPERATOR_BINARY";

    /// <summary>The repository's root.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>A path below the root.</summary>
    public static string Below(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>The build configuration of this program: the operator that it starts is of the same.</summary>
    public static string Configuration { get; } = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));

    /// <summary>
    /// The operator's binary: <c>$IDP_OPERATOR_BINARY</c>, else the one that was built in this program's own configuration, never what an
    /// earlier build in another one has left; null where there is none.
    /// </summary>
    public static string? OperatorBinary()
    {
        if (Environment.GetEnvironmentVariable(BinaryVariable) is { Length: > 0 } named)
        {
            return named;
        }

        var built = Below("artifacts", "bin", "Idp.Operator", Configuration, "idp");
        return File.Exists(built) ? built : null;
    }

    /// <summary>A usable kubectl.</summary>
    /// <exception cref="InvalidOperationException">There is none; the message says what was tried.</exception>
    public static async Task<string> KubectlAsync(CancellationToken cancellationToken)
    {
        var result = await new Command(Below("hack", "kubectl.sh")).RunAsync(cancellationToken);
        return result.Succeeded
            ? result.Output.Trim()
            : throw new InvalidOperationException($"There is no usable kubectl: {result.LastLine}");
    }

    /// <summary>Where the scripts in <c>hack</c> keep what they have built or downloaded; an empty variable is none, as in a shell.</summary>
    public static string Cache(params IEnumerable<string> parts)
    {
        var root = Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } named
            ? named
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
        return Path.Combine([root, "idp-operator", .. parts]);
    }

    private static string FindRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "Idp.Operator.sln")))
        {
            directory = directory.Parent;
        }

        return directory?.FullName ?? throw new InvalidOperationException("The sandbox runs inside the repository only.");
    }
}
