using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Idp.Entities;
using Idp.GitHub;
using Idp.Operator.BackendApps;
using Idp.Operator.GoldenPaths;
using Idp.Operator.Observability;
using Idp.Operator.Repositories;
using Idp.Operator.Settings;
using Idp.Sandbox.GitHub;
using Microsoft.Extensions.Logging.Abstractions;

namespace Idp.Operator.Tests.Repositories.Limits;

/// <summary>
/// The operator's way to GitHub, from the manifest to the reported status, against a contract server that enforces
/// GitHub's limits; both go by one clock, which jumps to the next thing to do.
/// </summary>
internal sealed class LimitedWorld : IAsyncDisposable
{
    private const string Token = "ghs_1_limits.not-a-real-token";
    private readonly DirectoryInfo _folder;
    private readonly GitHubServer _server;
    private readonly OperatorMetrics _metrics = new($"Test.Limits.{Guid.NewGuid():N}");
    private readonly PlatformSettingsSource _settings;
    private readonly GoldenPathSource _goldenPaths;
    private readonly GitHubAccess _access;
    private readonly RepositoryObserver _observer;
    private readonly RepositoryProvisioner _provisioner;

    private LimitedWorld(DirectoryInfo folder, GitHubServer server, ManualTime clock, string? template)
    {
        (_folder, _server, Clock) = (folder, server, clock);
        File.WriteAllText(Path.Combine(folder.FullName, "token"), Token);
        var platform = Path.Combine(folder.FullName, "platform.yaml");
        var directory = template is null ? Settings.Repository.File("golden-paths") : WriteGoldenPath(template);
        File.WriteAllText(
            platform,
            $$"""
            github: {owner: acme, apiUrl: "{{server.BaseAddress}}", webUrl: "{{server.BaseAddress}}", tokenFile: "{{Path.Combine(folder.FullName, "token")}}"}
            goldenPaths: {directories: ["{{directory}}"], default: {{(template is null ? "python-fastapi" : "from-template")}}}
            ingress: {domain: apps.acme.dev}
            """);
        _settings = PlatformSettingsSource.Start(platform, clock, _metrics, NullLogger<PlatformSettingsSource>.Instance).Value!;
        _goldenPaths = GoldenPathSource.Start(_settings, clock, NullLogger<GoldenPathSource>.Instance).Value!;
        _access = new GitHubAccess(_settings, _metrics, clock, GitHubHttp.CreateClient(TimeSpan.FromMinutes(5)), "limits-test");
        var ownership = new MemoryOwnership();
        _observer = new RepositoryObserver(_access, ownership, _settings, clock);
        _provisioner = new RepositoryProvisioner(_access, ownership, _observer, clock);
    }

    public ManualTime Clock { get; }

    public GitHubServer Server => _server;

    /// <summary>Starts the world.</summary>
    /// <param name="limits">The limits that the server enforces; null for none.</param>
    /// <param name="template">The template repository that the golden path stands for; null for the one that the operator brings.</param>
    public static async Task<LimitedWorld> StartAsync(GitHubServerLimits? limits, string? template = null)
    {
        var clock = new ManualTime();
        var folder = Directory.CreateTempSubdirectory("idp-limits-");
        var options = new GitHubServerOptions
        {
            DataDirectory = Path.Combine(folder.FullName, "github"),
            Token = Token,
            Limits = limits,
            Clock = clock,
        };
        return new LimitedWorld(folder, await GitHubServer.StartAsync(options, CancellationToken.None), clock, template);
    }

    public BackendApp NewApp(string team, string name) => JsonSerializer.Deserialize(
        $$"""
        {
          "apiVersion": "idp.dev/v1alpha1", "kind": "BackendApp",
          "metadata": {
            "name": "{{name}}", "namespace": "{{team}}", "uid": "{{Guid.NewGuid()}}", "generation": 1,
            "creationTimestamp": "{{Clock.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)}}"
          },
          "spec": {"environments": [{"name": "staging"}]}, "status": {}
        }
        """,
        BackendApp.JsonType)!;

    /// <summary>One reconcile as the controller makes it, without the cluster; returns the application with its new status.</summary>
    public async Task<(BackendApp App, RepositoryOutcome Outcome)> ReconcileAsync(BackendApp app)
    {
        var observed = new ObservedApp { Settings = _settings.Current, GoldenPaths = _goldenPaths.Current };
        var resolved = ResolvedApp.Of(app, _settings.Current, namespaceTeam: null);
        try
        {
            var seen = await _observer.ObserveAsync(
                BackendAppPlan.RepositoryOf(app, resolved), resolved.RepositoryVersion(app, _settings.Current), new NoObjection(), CancellationToken.None);
            observed = observed with { Repository = seen };
        }
        catch (GitHubException error)
        {
            observed = observed with { Repository = ObservedRepository.None with { Unknown = GitHubProblems.Of(error, Clock.GetUtcNow()) } };
        }

        var plan = BackendAppPlan.For(app, observed);
        plan.Problem.Should().BeNull();
        var outcome = plan.Repository is { } work
            ? await _provisioner.ExecuteAsync(work, CancellationToken.None)
            : BackendAppPlan.Untouched(app, plan, observed);
        var result = new AppResult { Repository = outcome, Environments = EnvironmentView.Seen(plan.Resolved, []) };
        var status = ReportedStatus.Of(app, plan, result, observed.GoldenPaths, Clock.GetUtcNow());
        return (new BackendApp { Metadata = app.Metadata, Spec = app.Spec, Status = status }, outcome);
    }

    /// <summary>Asks GitHub, as its users do.</summary>
    public async Task<JsonObject> AskAsync(string method, string path, string? body = null)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(_server.BaseAddress, path));
        request.Headers.Add("Authorization", $"Bearer {Token}");
        request.Headers.Add("User-Agent", "limits-test");
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        response.IsSuccessStatusCode.Should().BeTrue($"{method} {path} answered {(int)response.StatusCode}: {text}");
        return JsonNode.Parse(text)!.AsObject();
    }

    public async ValueTask DisposeAsync()
    {
        _access.Dispose();
        _goldenPaths.Dispose();
        _settings.Dispose();
        _metrics.Dispose();
        await _server.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private string WriteGoldenPath(string template)
    {
        var directory = Path.Combine(_folder.FullName, "golden-paths");
        Directory.CreateDirectory(Path.Combine(directory, "from-template"));
        File.WriteAllText(
            Path.Combine(directory, "from-template", "template.yaml"), $"name: from-template\nversion: 2.1.0\nrepository: {template}\n");
        return directory;
    }
}
