using System.Text;
using System.Text.Json.Nodes;
using Idp.Kubernetes.Client;
using Idp.Sandbox.GitHub;
using Idp.Sandbox.StandIns;
using Idp.Sandbox.StandIns.ArgoCd;
using Idp.Sandbox.StandIns.Hosting;
using Idp.Sandbox.Yaml;
using Microsoft.Extensions.Logging;

namespace Idp.Sandbox.World;

/// <summary>Starts the parts of a <see cref="Sandbox"/>, side by side where they do not need one another.</summary>
internal sealed class SandboxStart
{
    private readonly SandboxOptions _options;
    private readonly string _directory;
    private readonly string _token = FakeValue.New();
    private readonly SandboxApp? _app;
    private readonly ILoggerFactory _loggers;
    private Task<ControlPlane.ControlPlane>? _controlPlane;
    private Task<GitHubServer>? _gitHub;

    private SandboxStart(SandboxOptions options)
    {
        _options = options;
        _app = options.GitHubApp ? new SandboxApp(options.Organisations) : null;
        _directory = Path.GetFullPath(options.Directory);
        Directory.CreateDirectory(Path.Combine(_directory, "log"));
        var log = new FileLoggerProvider(Path.Combine(_directory, "log", "stand-ins.log"), options.Clock);
        _loggers = LoggerFactory.Create(builder => builder.SetMinimumLevel(LogLevel.Debug).AddProvider(log));
    }

    /// <summary>Starts everything; where one part fails, ends those that did start.</summary>
    public static async Task<SandboxParts> RunAsync(SandboxOptions options, CancellationToken cancellationToken)
    {
        var start = new SandboxStart(options);
        try
        {
            return await start.RunAsync(cancellationToken);
        }
        catch
        {
            await start.UndoAsync();
            throw;
        }
    }

    private async Task<SandboxParts> RunAsync(CancellationToken cancellationToken)
    {
        _controlPlane = ControlPlane.ControlPlane.StartAsync(cancellationToken);
        _gitHub = GitHubServer.StartAsync(_options.GitHub(GitHubOptions()), cancellationToken);
        var definitions = Installer.UpstreamDefinitionsAsync(
            Path.Combine(_directory, "crds"), _options.Progress, cancellationToken);
        var program = SandboxPaths.KubectlAsync(cancellationToken);
        await Task.WhenAll(_controlPlane, _gitHub, definitions, program);
        var (controlPlane, gitHub) = (await _controlPlane, await _gitHub);
        _options.Progress($"API server {controlPlane.Config.Server}, GitHub contract server {gitHub.BaseAddress}");

        var kubectl = new Kubectl(await program, controlPlane.KubeconfigPath);
        var client = controlPlane.CreateClient(new KubeClientSettings { UserAgent = "sandbox", Clock = _options.Clock });
        var kinds = new ServedKinds(kubectl);
        await FurnishAsync(new Installer(client, kinds, _options.Clock), await definitions, gitHub.BaseAddress, cancellationToken);
        await controlPlane.RefreshAsync(cancellationToken);
        await WriteSettingsAsync(gitHub.BaseAddress, cancellationToken);
        var standIns = await StartStandInsAsync(controlPlane, kubectl, gitHub, cancellationToken);
        return new SandboxParts
        {
            ControlPlane = controlPlane,
            GitHub = gitHub,
            Client = client,
            Kubectl = kubectl,
            Kinds = kinds,
            StandIns = standIns,
            Loggers = _loggers,
        };
    }

    private async Task<StandInSet?> StartStandInsAsync(
        ControlPlane.ControlPlane controlPlane, Kubectl kubectl, GitHubServer gitHub, CancellationToken cancellationToken)
    {
        if (!_options.StandIns)
        {
            return null;
        }

        var standIns = await StandInSet.StartAsync(
            controlPlane.Config, kubectl, StandInOptionsFor(gitHub.BaseAddress), _loggers, cancellationToken);
        if (_options.HearsOfPushes)
        {
            gitHub.RepositoryTouched += standIns.Hear;
        }

        _options.Progress("stand-ins for Argo CD, External Secrets, CloudNativePG, SchemaHero and workloads watch");
        return standIns;
    }

    private async Task FurnishAsync(
        Installer installer, IReadOnlyList<JsonObject> definitions, Uri gitHub, CancellationToken cancellationToken)
    {
        var ours = Installer.ReadDirectory(SandboxPaths.Below("config", "crds"))
            .Where(item => _options.OwnKinds && item.TextAt("kind") == "CustomResourceDefinition").ToList();
        await installer.DefineAsync([.. definitions, .. ours], cancellationToken);
        _options.Progress($"{definitions.Count} kinds of other projects and {ours.Count} of our own are served");
        var credentials = _options.RepositoryCredentials ? RepositoryCredentials(gitHub) : "";
        foreach (var item in YamlText.ReadObjects(Furniture).Concat(YamlText.ReadObjects(credentials)))
        {
            await installer.ApplyAsync(item, cancellationToken);
        }
    }

    private async Task WriteSettingsAsync(Uri gitHub, CancellationToken cancellationToken)
    {
        var tokenFile = Path.Combine(_directory, "github-token");
        await PrivateFile.WriteAsync(tokenFile, _token, cancellationToken);
        var settings = PlatformFile.Read(gitHub, tokenFile);
        if (_app is not null)
        {
            await _app.WriteAsync(Path.Combine(_directory, "github-app.pem"), settings, cancellationToken);
        }

        _options.Platform(settings);
        await PlatformFile.WriteAsync(Path.Combine(_directory, "platform.yaml"), settings, cancellationToken);
    }

    private GitHubServerOptions GitHubOptions() => new()
    {
        DataDirectory = Path.Combine(_directory, "github"),
        Token = _token,
        Organisations = _options.Organisations,
        App = _app?.Registration,
        DefaultBranch = _options.DefaultBranch,
        Clock = _options.Clock,
    };

    private StandInOptions StandInOptionsFor(Uri gitHub) => new()
    {
        Directory = Path.Combine(_directory, "argocd"),
        Delay = _options.Delay,
        PollInterval = _options.PollInterval,
        Credentials = new GitCredentials(gitHub.ToString(), _token) { StandsFor = "https://github.com/" },
        RecordsPlannedSha = _options.RecordsPlannedSha,
        Faults = _options.Faults,
        Clock = _options.Clock,
    };

    private async Task UndoAsync()
    {
        if (_gitHub is not null)
        {
            await ((Task)_gitHub).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await DisposeAsync(_gitHub);
        }

        if (_controlPlane is not null)
        {
            await ((Task)_controlPlane).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await DisposeAsync(_controlPlane);
        }

        _loggers.Dispose();
    }

    private static async Task DisposeAsync<T>(Task<T> started)
        where T : IAsyncDisposable
    {
        if (started.IsCompletedSuccessfully)
        {
            await (await started).DisposeAsync();
        }
    }

    // The value is of no use: the stand-in has the token from elsewhere.
    private static string RepositoryCredentials(Uri gitHub) => $$"""
        apiVersion: v1
        kind: Secret
        metadata: {name: this-sandbox, namespace: argocd, labels: {argocd.argoproj.io/secret-type: repo-creds} }
        data: {{Credentials(gitHub.ToString())}}
        ---
        apiVersion: v1
        kind: Secret
        metadata: {name: github, namespace: argocd, labels: {argocd.argoproj.io/secret-type: repo-creds} }
        data: {{Credentials("https://github.com/")}}
        """;

    private static string Credentials(string url) =>
        $"{{url: {Base64(url)}, username: {Base64("sandbox")}, password: {Base64("of-no-use")}}}";

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    // What a platform cluster has before the operator comes: Argo CD's namespace and project, and the secret store.
    private const string Furniture = """
        apiVersion: v1
        kind: Namespace
        metadata: {name: argocd}
        ---
        apiVersion: argoproj.io/v1alpha1
        kind: AppProject
        metadata: {name: default, namespace: argocd}
        spec:
          sourceRepos: ["*"]
          destinations: [{server: "*", namespace: "*"}]
          clusterResourceWhitelist: [{group: "*", kind: "*"}]
        ---
        apiVersion: external-secrets.io/v1
        kind: ClusterSecretStore
        metadata: {name: platform}
        spec:
          provider: {fake: {data: [{key: sandbox, value: fake}]}}
        """;
}
