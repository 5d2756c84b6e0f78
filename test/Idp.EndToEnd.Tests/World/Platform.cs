using System.Globalization;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;
using Idp.Sandbox.Processes;
using Idp.Sandbox.World;
using Idp.Sandbox.Yaml;
using Idp.Testing.Proxy;

namespace Idp.EndToEnd.Tests.World;

/// <summary>A laptop-sized world with the operator in it, as a process under its own account.</summary>
public class Platform : IAsyncLifetime
{
    private readonly string _directory = Directory.CreateTempSubdirectory("idp-end-to-end-").FullName;
    private OperatorProcess? _operator;
    private TestApp? _showcase;

    /// <summary>The world.</summary>
    public Sandbox.World.Sandbox Sandbox { get; private set; } = null!;

    /// <summary>The administrator's client.</summary>
    public KubeClient Client => Sandbox.Client;

    /// <summary>Waits for things to become true.</summary>
    internal Watching Watching { get; private set; } = null!;

    /// <summary>GitHub, asked as its users do.</summary>
    internal GitHubApi GitHub { get; private set; } = null!;

    /// <summary>The operator that runs.</summary>
    public OperatorProcess Operator => _operator ?? throw new InvalidOperationException("No operator runs.");

    /// <summary>The token that opens GitHub; must be seen nowhere.</summary>
    public string Token { get; private set; } = "";

    public async Task InitializeAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        var options = new SandboxOptions { Directory = _directory };
        Sandbox = await Idp.Sandbox.World.Sandbox.StartAsync(WithAdoption(Arrange(options)), patience.Token);
        Token = await File.ReadAllTextAsync(Path.Combine(_directory, "github-token"), patience.Token);
        GitHub = new GitHubApi(Sandbox.GitHub, Token, _directory);
        Watching = new Watching(this);
        await BeginAsync();
    }

    public virtual async Task DisposeAsync()
    {
        GitHub.Dispose();
        await Sandbox.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    /// <summary>Starts an operator, and lets it be the one that runs.</summary>
    public async Task<OperatorProcess> StartOperatorAsync(string? identity = null)
    {
        using var patience = new CancellationTokenSource(Watching.Patience);
        var environment = new Dictionary<string, string> { ["IDP_LOG_LEVEL"] = "Debug" };
        var setup = await SetupAsync(patience.Token);
        return _operator = await Sandbox.StartOperatorAsync(setup with { Identity = identity, Environment = environment }, patience.Token);
    }

    /// <summary>Lets an operator that something else started be the one that runs.</summary>
    protected void Adopt(OperatorProcess process) => _operator = process;

    // What tests adopt has to be granted; every other name is a team's to make, not to take.
    private static SandboxOptions WithAdoption(SandboxOptions options) => options with
    {
        Platform = settings =>
        {
            options.Platform(settings);
            foreach (var team in settings["teams"]?.AsArray().OfType<JsonObject>() ?? [])
            {
                team["adopt"] ??= new JsonArray("adopted", "bare", "wanted", "acme/beside");
            }
        },
    };

    /// <summary>What is particular about this world.</summary>
    protected virtual SandboxOptions Arrange(SandboxOptions options) => options;

    /// <summary>Lets the world begin to move.</summary>
    protected virtual Task BeginAsync() => StartOperatorAsync();

    /// <summary>What the operators of this world have of their own.</summary>
    protected virtual Task<OperatorSetup> SetupAsync(CancellationToken cancellationToken) => Task.FromResult(new OperatorSetup());

    /// <summary>Starts one of several operators, which can be parted from its servers, and lets it be the one that runs.</summary>
    internal async Task<Replica> StartReplicaAsync(string identity)
    {
        using var patience = new CancellationTokenSource(Watching.Patience);
        var apiServer = await Sandbox.StartApiServerProxyAsync(patience.Token);
        var gitHub = await Sandbox.StartGitHubProxyAsync(patience.Token);
        var setup = new OperatorSetup
        {
            Identity = identity,
            Environment = new Dictionary<string, string> { ["IDP_LOG_LEVEL"] = "Debug" },
        };
        _operator = await Sandbox.StartOperatorAsync(await Sandbox.BehindAsync(setup, apiServer, gitHub, patience.Token), patience.Token);
        return new Replica(identity, _operator, apiServer, gitHub);
    }

    /// <summary>The end of the operator's log, for the message of a test that failed.</summary>
    public string OperatorLog() => $"The operator's log ends with:\n{_operator?.LogTail(15)}";

    /// <summary>Makes a team: its namespace, named <c>team-NAME</c>.</summary>
    public async Task<string> NewTeamAsync(string name)
    {
        var team = $"team-{name}";
        await KubectlAsync("create", "namespace", team);
        return team;
    }

    /// <summary>An application of a team of its own.</summary>
    internal async Task<TestApp> NewAppAsync(string name) => new(this, await NewTeamAsync(name), name);

    /// <summary>The sample that has everything, ready; for tests that only look.</summary>
    internal async Task<TestApp> ShowcaseAsync()
    {
        if (_showcase is null)
        {
            var team = await NewTeamAsync("payments");
            var sample = YamlText.ReadObjects(await File.ReadAllTextAsync(SandboxPaths.Below("config", "samples", "02-payment-service.yaml")))[0];
            sample["spec"]!["image"] = "ghcr.io/acme/payment-service:1.4.2";
            var app = new TestApp(this, team, "payment-service");
            await app.ApplyAsync(sample["spec"]!.AsObject());
            await app.UntilReadyAsync();
            _showcase = app;
        }

        return _showcase;
    }

    /// <summary>Applies an object of any kind as the administrator.</summary>
    public Task<KubeObject> ApplyAsync(string yaml) => Sandbox.ApplyAsync(YamlText.ReadObjects(yaml)[0], CancellationToken.None);

    /// <summary>Applies what a rule of ours forbids: why the API server refuses it; null where that is older than rules and takes it, so that the operator has to.</summary>
    public async Task<string?> RefusalAsync(JsonObject manifest)
    {
        try
        {
            await Sandbox.ApplyAsync(manifest, CancellationToken.None);
            return null;
        }
        catch (InvalidException refusal)
        {
            return refusal.Message;
        }
    }

    /// <summary>Reads one object; null where there is none.</summary>
    public async Task<JsonObject?> FindAsync(ResourceKind kind, string @namespace, string name) =>
        (await Client.FindAsync(kind, new ObjectKey(@namespace, name), CancellationToken.None))?.ToJson();

    /// <summary>Reads one object.</summary>
    public async Task<JsonObject> GetAsync(ResourceKind kind, string @namespace, string name) =>
        (await Client.GetAsync(kind, new ObjectKey(@namespace, name), CancellationToken.None)).ToJson();

    /// <summary>All objects of a kind that a selector finds.</summary>
    public async Task<IReadOnlyList<JsonObject>> ListAsync(ResourceKind kind, string @namespace = "", string? labelSelector = null)
    {
        List<JsonObject> found = [];
        var options = new ListOptions { Namespace = @namespace, LabelSelector = labelSelector };
        await foreach (var item in Client.ListAsync(kind, options, CancellationToken.None))
        {
            found.Add(item.ToJson());
        }

        return found;
    }

    /// <summary>Runs kubectl as the administrator; the test fails if it does.</summary>
    public async Task<string> KubectlAsync(params string[] arguments)
    {
        var result = await TryKubectlAsync(arguments);
        result.Succeeded.Should().BeTrue($"kubectl {string.Join(' ', arguments)} said: {result.Error}");
        return result.Output;
    }

    /// <summary>Runs kubectl as the administrator.</summary>
    public async Task<CommandResult> TryKubectlAsync(params string[] arguments)
    {
        using var patience = new CancellationTokenSource(Watching.Patience);
        return await Sandbox.Kubectl.RunAsync(arguments, patience.Token);
    }

    /// <summary>Waits until the operator has nothing to do.</summary>
    public Task UntilIdleAsync()
    {
        var calm = 0;
        return Watching.UntilAsync(
            "an operator with nothing to do",
            async () => (calm = await IsIdleAsync() ? calm + 1 : 0) == 3,
            TimeSpan.FromMilliseconds(200));
    }

    /// <summary>The sum of the series of a metric whose line has a text in it.</summary>
    public async Task<double> MetricAsync(string name, string having = "") => (await ReadOperatorAsync("metrics")).Split('\n')
        .Where(line => line.StartsWith(name, StringComparison.Ordinal) && line.Contains(having, StringComparison.Ordinal))
        .Sum(line => double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));

    /// <summary>Reads what the operator serves over HTTP.</summary>
    public Task<string> ReadOperatorAsync(string path) => ReadAsync(Operator, path);

    /// <summary>Reads what an operator serves over HTTP.</summary>
    public static async Task<string> ReadAsync(OperatorProcess process, string path)
    {
        using var http = new HttpClient { BaseAddress = process.Address, Timeout = TimeSpan.FromSeconds(10) };
        return await http.GetStringAsync(new Uri(path, UriKind.Relative));
    }

    private async Task<bool> IsIdleAsync() =>
        await MetricAsync("kubernetes_leader") == 1
        && await MetricAsync("kubernetes_queue_depth", "state=\"ready\"") == 0
        && await MetricAsync("kubernetes_workers_active") == 0;
}
