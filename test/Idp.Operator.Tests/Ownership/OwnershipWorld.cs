using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Idp.Entities;
using Idp.GitHub;
using Idp.Kubernetes.Client;
using Idp.Operator.BackendApps;
using Idp.Operator.GoldenPaths;
using Idp.Operator.GoldenPaths.Updates;
using Idp.Operator.Observability;
using Idp.Operator.Repositories;
using Idp.Operator.Settings;
using Idp.Operator.Tests.GoldenPaths;
using Idp.Operator.Tests.Repositories;
using Idp.Sandbox.GitHub;
using Microsoft.Extensions.Logging.Abstractions;

namespace Idp.Operator.Tests.Ownership;

/// <summary>The operator's way to GitHub against the contract server, for a cluster in memory: reconcile and finalize, and what people do.</summary>
internal sealed class OwnershipWorld : IAsyncDisposable
{
    private const string Token = "ghs_1_ownership.not-a-real-token";
    private const string Unlimited = ", limits: {contentPerMinute: 0, contentPerHour: 0, pointsPerMinute: 0}";
    private readonly DirectoryInfo _folder;
    private readonly OperatorMetrics _metrics = new($"Test.Ownership.{Guid.NewGuid():N}");
    private readonly PlatformSettingsSource _settings;
    private readonly GoldenPathSource _goldenPaths;
    private readonly GitHubAccess _access;
    private readonly HttpClient _http = new(new HttpClientHandler { AllowAutoRedirect = false });
    private MemoryOwnership _ownership = null!;
    private RepositoryObserver _repositories = null!;
    private BackendAppObserver _observer = null!;
    private RepositoryProvisioner _provisioner = null!;
    private int _asked;

    private OwnershipWorld(DirectoryInfo folder, GitHubServer server, ManualTime clock, string teams, string rollout, bool isLimited)
    {
        (_folder, Server, Clock) = (folder, server, clock);
        Write("1.0.0", [("README.md", "A service. {{ deploymentRepository }}\n")]);
        File.WriteAllText(Path.Combine(folder.FullName, "token"), Token);
        var platform = Path.Combine(folder.FullName, "platform.yaml");
        File.WriteAllText(
            platform,
            $$"""
            github:
              {owner: acme, apiUrl: "{{server.BaseAddress}}", webUrl: "{{server.BaseAddress}}", tokenFile: "{{Path.Combine(folder.FullName, "token")}}"{{(isLimited ? "" : Unlimited)}} }
            goldenPaths: {directories: ["{{Templates.Root}}"], default: tiny, rollout: {{{rollout}}} }
            ingress: {domain: apps.acme.dev}
            {{teams}}
            """);
        _settings = PlatformSettingsSource.Start(platform, Clock, _metrics, NullLogger<PlatformSettingsSource>.Instance).Value!;
        _goldenPaths = GoldenPathSource.Start(_settings, Clock, NullLogger<GoldenPathSource>.Instance).Value!;
        _access = new GitHubAccess(
            _settings, _metrics, Clock, GitHubHttp.CreateClient(TimeSpan.FromMinutes(5), Mortal), "ownership-test");
        _http.DefaultRequestHeaders.Add("Authorization", $"Bearer {Token}");
        _http.DefaultRequestHeaders.Add("User-Agent", "ownership-test");
        Begin();
    }

    public ManualTime Clock { get; }

    public GitHubServer Server { get; }

    /// <summary>What template.yaml says beside the version: parameters and rules of files.</summary>
    public string Template { get; set; } = "";

    /// <summary>The golden paths: there is one.</summary>
    public TemplateFolder Templates { get; } = new();

    /// <summary>The operator's requests to GitHub, during each of which it can be killed.</summary>
    public MortalHandler Process { get; } = new();

    /// <summary>The header by which Git signs in, for who pushes by it.</summary>
    public static string GitHeader => $"Authorization: Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"x-access-token:{Token}"))}";

    public Cluster Cluster { get; } = new();

    public static async Task<OwnershipWorld> StartAsync(string teams = "", string rollout = "", GitHubServerLimits? limits = null)
    {
        var folder = Directory.CreateTempSubdirectory("idp-ownership-");
        var clock = new ManualTime();
        var options = new GitHubServerOptions
        {
            DataDirectory = Path.Combine(folder.FullName, "github"),
            Token = Token,
            Clock = clock,
            Organisations = ["acme", "umbrella"],
            Limits = limits,
        };
        return new OwnershipWorld(folder, await GitHubServer.StartAsync(options, CancellationToken.None), clock, teams, rollout, isLimited: limits is not null);
    }

    /// <summary>Empties the cluster and lets the operator forget everything, its keys too.</summary>
    public void Begin()
    {
        Cluster.Clear();
        _ownership = new MemoryOwnership();
        Restart();
    }

    /// <summary>Lets the operator forget all that is not written down anywhere.</summary>
    public void Restart()
    {
        _repositories = new RepositoryObserver(_access, _ownership, _settings, Clock);
        _observer = new BackendAppObserver(Cluster, _repositories, _settings, _goldenPaths, new RolloutTurns(Cluster, _settings, _goldenPaths, Clock));
        _provisioner = new RepositoryProvisioner(_access, _ownership, _repositories, Clock);
    }

    /// <summary>Offers another version of the golden path, with these files and no others.</summary>
    public void Offer(string version, params IReadOnlyList<(string Path, string Text)> files)
    {
        Write(version, files);
        _goldenPaths.Refresh();
    }

    /// <summary>Offers a version whose files are already on disk.</summary>
    public void Refresh() => _goldenPaths.Refresh();

    /// <summary>Offers a version no more.</summary>
    public void Withdraw(string version)
    {
        Directory.Delete(Templates.Full($"tiny/{version}"), recursive: true);
        _goldenPaths.Refresh();
    }

    /// <summary>Applies a manifest; one that was there keeps uid and status.</summary>
    public void Apply(string key, string repository, string visibility = "Private", bool adopts = false, bool deletes = false, bool separate = false)
    {
        var (home, name) = (key.Split('/')[0], key.Split('/')[1]);
        Cluster.Put(new JsonObject
        {
            ["apiVersion"] = "idp.dev/v1alpha1",
            ["kind"] = "BackendApp",
            ["metadata"] = new JsonObject
            {
                ["name"] = name,
                ["namespace"] = home,
                ["uid"] = Guid.NewGuid().ToString(),
                ["generation"] = 1,
                ["creationTimestamp"] = "2026-11-01T11:00:00Z",
                ["annotations"] = new JsonObject { [Annotations.ConfirmDelete] = repository },
            },
            ["spec"] = new JsonObject
            {
                ["environments"] = new JsonArray(new JsonObject { ["name"] = "staging" }),
                ["repository"] = new JsonObject
                {
                    ["name"] = repository,
                    ["visibility"] = visibility,
                    ["adoption"] = adopts ? "IfUnowned" : "Never",
                    ["deletionPolicy"] = deletes ? "Delete" : "Retain",
                    ["deployment"] = separate ? "Separate" : "InRepository",
                },
            },
            ["status"] = new JsonObject(),
        });
    }

    /// <summary>Applies another spec.</summary>
    public void Change(string key, Func<BackendAppSpec, BackendAppSpec> change)
    {
        var app = Cluster.Find(key)!;
        Cluster.Put(new BackendApp { Metadata = app.Metadata with { Generation = app.Metadata.Generation + 1 }, Spec = change(app.Spec), Status = app.Status });
    }

    /// <summary>Takes the status away and gives a new uid, as a restore from a backup does.</summary>
    public void LoseStatus(string key)
    {
        if (Cluster.Find(key) is { } app)
        {
            Cluster.Put(new BackendApp { Metadata = app.Metadata with { Uid = Guid.NewGuid().ToString() }, Spec = app.Spec, Status = new BackendAppStatus() });
        }
    }

    /// <summary>One reconcile with a fresh look at GitHub, as the controller makes it but for the environments.</summary>
    public async Task<BackendAppStatus?> ReconcileAsync(string key)
    {
        if (Cluster.Find(key) is not { } app)
        {
            return null;
        }

        await VisitAsync(Asked(app));
        return Cluster.Find(key)?.Status;
    }

    /// <summary>One reconcile that looks at GitHub only where that is due; says after what time the next one is.</summary>
    public Task<TimeSpan?> VisitAsync(string key) => VisitAsync(Cluster.Find(key) ?? throw new InvalidOperationException($"There is no {key}."));

    /// <summary>What GitHub's webhook does when it tells of a repository.</summary>
    public void Forget(string key) => _repositories.Forget(Cluster.Find(key)!.Metadata.Uid);

    /// <summary>What a golden path comes to in a repository as it is now, without changing anything.</summary>
    public async Task<GoldenPathUpdatePlan> PlanUpdateAsync(string key)
    {
        var app = Cluster.Find(key)!;
        var plan = BackendAppPlan.For(app, await _observer.ObserveAsync(app, CancellationToken.None));
        var (work, github) = (plan.Repository!, _access.For("acme"));
        using var fetched = await github.FetchAsync(work.Observed.Repository!, ["refs/heads/main", GoldenPathUpdater.Memory], CancellationToken.None);
        return PlannedUpdate.Of(fetched, "refs/heads/main", work.Desired.Update!, _ownership.Keys).Update!.Plan;
    }

    private BackendApp Asked(BackendApp app)
    {
        var annotations = new Dictionary<string, string>(app.Metadata.Annotations) { [Annotations.ReconcileRequestedAt] = $"{Interlocked.Increment(ref _asked)}" };
        return new BackendApp { Metadata = app.Metadata with { Annotations = annotations }, Spec = app.Spec, Status = app.Status };
    }

    private async Task<TimeSpan?> VisitAsync(BackendApp app)
    {
        var observed = await _observer.ObserveAsync(app, CancellationToken.None);
        var plan = BackendAppPlan.For(app, observed);
        var (repository, deployment) = await _provisioner.CarryOutAsync(app, plan, observed, CancellationToken.None);
        var result = new AppResult { Repository = repository, Deployment = deployment, Environments = EnvironmentView.Seen(plan.Resolved, []) };
        if (Process.IsDead)
        {
            // What was done is done, and nobody remembers it.
            Process.Revive();
            Restart();
            return TimeSpan.Zero;
        }

        var status = ReportedStatus.Of(app, plan, result, observed.GoldenPaths, Clock.GetUtcNow());
        Cluster.Put(new BackendApp { Metadata = app.Metadata, Spec = app.Spec, Status = status });
        return NextVisit.After(app, plan, result, observed.Settings.GitHub.PollEvery()).RequeueAfter;
    }

    /// <summary>Deletes the manifest: its finalizer does what is to be done.</summary>
    public async Task DeleteAsync(string key)
    {
        if (Cluster.Find(key) is not { } app)
        {
            return;
        }

        // What is said at the end is written to an object that is gone here.
        Cluster.Remove(key);
        using var nobody = new KubeClient(new HttpClient());
        var reporter = new BackendAppReporter(Cluster, null!, null!, _metrics, Clock);
        await new BackendAppFinalizer(_observer, nobody, _access, reporter, Clock).FinalizeAsync(app, CancellationToken.None);
    }

    /// <summary>What GitHub has under a name, by an old name too; null for nothing.</summary>
    public async Task<JsonObject?> FindAsync(string fullName) => await SendAsync("GET", $"repos/{fullName}") is JsonObject found ? found : null;

    /// <summary>What GitHub has of that number, with its newest commit; null for nothing.</summary>
    public async Task<string?> PrintAsync(long id)
    {
        if (await SendAsync("GET", $"repositories/{id}") is not JsonObject repository)
        {
            return null;
        }

        var head = await SendAsync("GET", $"repos/{repository["full_name"]}/git/ref/heads/main");
        return $"{repository["full_name"]} {repository["visibility"]} '{repository["description"]}' archived={repository["archived"]} {head?["object"]?["sha"]}";
    }

    /// <summary>Commits a file, as anybody who may push.</summary>
    public async Task PushAsync(string fullName, string path, string text)
    {
        var before = await SendAsync("GET", $"repos/{fullName}/contents/{path}");
        var body = new JsonObject
        {
            ["message"] = "Tidy up",
            ["sha"] = before?["sha"]?.ToString(),
            ["content"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(text)),
        };
        if (await SendAsync("PUT", $"repos/{fullName}/contents/{path}", body) is null)
        {
            throw new InvalidOperationException($"{path} could not be pushed to {fullName}.");
        }
    }

    /// <summary>The text of a file; null where there is none.</summary>
    public async Task<string?> ReadAsync(string fullName, string path) =>
        (await SendAsync("GET", $"repos/{fullName}/contents/{path}"))?["content"] is { } content
            ? Encoding.UTF8.GetString(Convert.FromBase64String(content.ToString().ReplaceLineEndings("")))
            : null;

    /// <summary>Asks GitHub, as its users do; null where it refuses.</summary>
    public async Task<JsonNode?> SendAsync(string method, string path, JsonObject? body = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(Server.BaseAddress, path));
        request.Content = body is null ? null : new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        using var response = await _http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        if (response.Headers.Location is { } now && response.StatusCode is >= HttpStatusCode.MultipleChoices and < HttpStatusCode.BadRequest)
        {
            // The framework would follow without the token.
            return await SendAsync(method, now.ToString(), body);
        }

        return response.StatusCode < HttpStatusCode.BadRequest && text.Length > 0 ? JsonNode.Parse(text) : null;
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        _access.Dispose();
        _goldenPaths.Dispose();
        _settings.Dispose();
        _metrics.Dispose();
        await Server.DisposeAsync();
        Templates.Dispose();
        _folder.Delete(recursive: true);
    }

    private MortalHandler Mortal(HttpMessageHandler connections)
    {
        Process.InnerHandler = connections;
        return Process;
    }

    private void Write(string version, IReadOnlyList<(string Path, string Text)> files)
    {
        Templates.Write($"tiny/{version}/template.yaml", $"name: tiny\nversion: {version}\n{Template}");
        var skeleton = Templates.Full($"tiny/{version}/skeleton");
        if (Directory.Exists(skeleton))
        {
            Directory.Delete(skeleton, recursive: true);
        }

        foreach (var (path, text) in files)
        {
            Templates.Write($"tiny/{version}/skeleton/{path}", text);
        }
    }
}
