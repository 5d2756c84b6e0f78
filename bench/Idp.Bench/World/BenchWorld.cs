using System.Text.Json.Nodes;
using Idp.Entities;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;
using Idp.Sandbox.World;
using Idp.Sandbox.Yaml;

namespace Idp.Bench.World;

/// <summary>One API server with nothing in it but kinds and teams, and a GitHub that costs nothing.</summary>
internal sealed class BenchWorld : IAsyncDisposable
{
    /// <summary>How many objects one application is made of: its environment and what is in that.</summary>
    public const int Children = 8;

    private const int Teams = 20;
    private const int Writers = 8;
    private readonly Sandbox.World.Sandbox _sandbox;

    private BenchWorld(Sandbox.World.Sandbox sandbox, QuickGitHub github) => (_sandbox, GitHub) = (sandbox, github);

    /// <summary>The stand-in for GitHub.</summary>
    public QuickGitHub GitHub { get; }

    /// <summary>The administrator's client.</summary>
    public KubeClient Client => _sandbox.Client;

    /// <summary>What was written to the API server.</summary>
    public ApiServerMetrics Metrics => _sandbox.Metrics;

    /// <summary>The operator's kubeconfig.</summary>
    public string OperatorKubeconfig => _sandbox.OperatorKubeconfig;

    /// <summary>The platform's settings.</summary>
    public string PlatformPath => _sandbox.PlatformPath;

    /// <summary>Starts the world and makes the teams.</summary>
    public static async Task<BenchWorld> StartAsync(string directory, CancellationToken cancellationToken)
    {
        var github = await QuickGitHub.StartAsync(cancellationToken);
        var options = new SandboxOptions
        {
            Directory = directory,
            StandIns = false,
            Platform = settings =>
            {
                settings["github"]!["apiUrl"] = github.Address.ToString();
                settings["github"]!["webUrl"] = github.Address.ToString();
            },
        };
        var sandbox = await Idp.Sandbox.World.Sandbox.StartAsync(options, cancellationToken);
        var world = new BenchWorld(sandbox, github);
        for (var team = 0; team < Teams; team++)
        {
            await sandbox.CreateNamespaceAsync(TeamOf(team), cancellationToken);
        }

        await sandbox.GrantOperatorAsync(cancellationToken);
        return world;
    }

    /// <summary>Starts the operator and waits until it is ready.</summary>
    public Task<OperatorProcess> StartOperatorAsync(CancellationToken cancellationToken) =>
        _sandbox.StartOperatorAsync(cancellationToken);

    /// <summary>Where the application of a number lives.</summary>
    public static ObjectKey AppKey(int number) => new(TeamOf(number), $"app-{number:D5}");

    /// <summary>Where its environment's objects live.</summary>
    public static string NamespaceOf(int number) => $"app-{number:D5}-staging";

    /// <summary>The manifest of an application: one environment with everything but a database.</summary>
    public static JsonObject Manifest(int number) => YamlText.ReadObjects($$$"""
        apiVersion: idp.dev/v1alpha1
        kind: BackendApp
        metadata: {name: {{{AppKey(number).Name}}}, namespace: {{{AppKey(number).Namespace}}}}
        spec:
          environments: [{name: staging}]
          secrets: [{name: STRIPE_KEY, remoteRef: {key: {{{TeamOf(number)}}}/stripe, property: apiKey}}]
        """)[0];

    /// <summary>Creates applications as their developers would, all at once.</summary>
    public Task CreateAppsAsync(int from, int count, CancellationToken cancellationToken) => ForEachAsync(
        from, count, (number, token) => Client.CreateAsync(BackendApp.ResourceKind, Manifest(number), token), cancellationToken);

    /// <summary>Does something for each number, some at a time.</summary>
    public static Task ForEachAsync(int from, int count, Func<int, CancellationToken, Task> work, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(
            Enumerable.Range(from, count),
            new ParallelOptions { MaxDegreeOfParallelism = Writers, CancellationToken = cancellationToken },
            async (number, token) => await work(number, token));

    public async ValueTask DisposeAsync()
    {
        await _sandbox.DisposeAsync();
        await GitHub.DisposeAsync();
    }

    private static string TeamOf(int number) => $"team-{number % Teams:D2}";
}
