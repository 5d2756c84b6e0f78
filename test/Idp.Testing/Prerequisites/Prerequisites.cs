using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Idp.Sandbox.Processes;
using Idp.Sandbox.World;

namespace Idp.Testing;

/// <summary>Looks once for what tests need from outside the repository, and says how to get what is missing.</summary>
public static partial class Prerequisites
{
    private const string ServiceModules = "import fastapi, httpx, prometheus_client, psycopg, psycopg_pool, pytest, uvicorn, sys; assert sys.version_info >= (3, 11)";
    private static readonly ConcurrentDictionary<Needs, Lazy<string?>> Reasons = new();
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>Prometheus' checker, if it is there.</summary>
    public static string? Promtool { get; } = Tool("promtool", "--version");

    /// <summary>A Python that the golden path's code is for, if there is one.</summary>
    public static string? Python { get; } = Tool("python3", "-c", "import tomllib");

    /// <summary>A Python that can run the golden path's service and its tests, if there is one.</summary>
    public static string? PythonService { get; } = Tool("python3", "-c", ServiceModules);

    /// <summary>Where the payloads of other projects were collected.</summary>
    public static string Statuses { get; } = Path.Combine(
        Environment.GetEnvironmentVariable("IDP_SHARED") is { Length: > 0 } named ? named : Path.Combine(SandboxPaths.Root, "..", "shared"),
        "crds", "examples", "status", "statuses.json");

    /// <summary>Why a test has to be skipped here, and what would help; null if it can run.</summary>
    public static string? Missing(Needs need) => Reasons.GetOrAdd(need, static need => new Lazy<string?>(() => Find(need))).Value;

    private static string? Find(Needs need)
    {
        var (found, otherwise) = need switch
        {
            Needs.UpstreamDefinitions => (HasDefinitions(), "the definitions of Argo CD, External Secrets, CloudNativePG and SchemaHero cannot be had: "
                + "hack/upstream-crds.sh takes them from $IDP_SHARED/crds, else downloads them."),
            Needs.UpstreamStatuses => (File.Exists(Statuses), "the collected status payloads of other projects are not here: "
                + "they are read from crds/examples/status/statuses.json below $IDP_SHARED (default: ../shared beside the repository)."),
            Needs.GitHubContract => (ContractTools.AreInstalled, "what the contract server is compared with is not installed: "
                + "hack/contract.sh does that, and says what it lacks."),
            Needs.Kustomize => (HasKustomize(), "no kubectl with kustomize 5 is on the PATH: kubectl 1.27 or newer brings it."),
            Needs.Promtool => (Promtool is not null, "promtool is not on the PATH: Debian's package prometheus brings it."),
            Needs.Python => (Python is not null, "python3 (3.11 or newer) is not there: Debian's package python3."),
            Needs.PythonService => (PythonService is not null, "no python3 with the packages of the golden path's service is there: "
                + "hack/prerequisites.sh python:service installs them."),
            _ => throw new ArgumentOutOfRangeException(nameof(need)),
        };
        return found ? null : $"REDUCED: {otherwise}";
    }

    private static bool HasDefinitions()
    {
        var folder = Directory.CreateTempSubdirectory("idp-definitions-");
        try
        {
            return Wait(cancellationToken => UpstreamDefinitions.CollectAsync(folder.FullName, cancellationToken));
        }
        catch (InvalidOperationException)
        {
            // A wrong checksum is no reason to skip: the test runs, and fails by it.
            return true;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static bool HasKustomize() =>
        Run("kubectl", "version", "--client") is { Succeeded: true } version && KustomizeOfToday().IsMatch(version.Output);

    /// <summary>A program of the PATH or of the system's own folder, if it can do what the arguments ask for.</summary>
    private static string? Tool(string name, params string[] probe) =>
        new[] { name, $"/usr/bin/{name}" }.FirstOrDefault(program => Run(program, probe) is { Succeeded: true });

    private static CommandResult? Run(string program, params string[] arguments)
    {
        try
        {
            return Wait(new Command(program, arguments).RunAsync);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    // An attribute cannot wait otherwise; on a thread of the pool nothing waits for this one.
    private static T Wait<T>(Func<CancellationToken, Task<T>> work)
    {
        using var patience = new CancellationTokenSource(Patience);
        return Task.Run(() => work(patience.Token), patience.Token).GetAwaiter().GetResult();
    }

    [GeneratedRegex(@"^Kustomize Version: v([5-9]|\d\d)\.", RegexOptions.Multiline)]
    private static partial Regex KustomizeOfToday();
}
