namespace Idp.Sandbox.GitHub;

/// <summary>The parts of the server, put together.</summary>
internal sealed class GitHubServerServices
{
    public GitHubServerServices(GitHubServerOptions options, Uri baseAddress, GitHubRequestLog log)
    {
        Options = options;
        BaseAddress = baseAddress;
        Log = log;
        var store = new RepositoryStore(Path.Combine(options.DataDirectory, "repositories"));
        var json = new RepositoryJson(baseAddress);
        var gitJson = new GitJson(json);
        Installations = options.App is { } app ? new GitHubInstallations(app, options.Clock) : null;
        Apps = Installations is { } known ? new AppEndpoints(known, new AppJson(baseAddress, json), options) : null;
        Gate = new Gatekeeper(options, store, Installations);
        Limiter = new RateLimiter(options);
        Permissions = new MissingPermissions(options.MissingPermissions);
        Keeper = new PullRequestKeeper(store, options.Clock);
        Git = new SmartHttp(store, Gate, Permissions, options) { Keeper = Keeper };
        Sandbox = new SandboxEndpoints(store, Faults, Permissions, log);
        var repositories = new RepositoryEndpoints(store, json, options);
        Templates = new TemplateEndpoints(store, repositories, json, options);
        Router = new ApiRouter(
            store,
            repositories,
            new RefEndpoints(gitJson),
            new ObjectEndpoints(gitJson),
            new ContentsEndpoints(store, gitJson, options.Clock))
        {
            Administration = new AdministrationRoutes(store, json, options, baseAddress),
            PullRequests = new PullRequestRoutes(store, json, Keeper),
            Keeper = Keeper,
            Templates = Templates,
        };
        People = new GitHubPeople(store, Router, Keeper, Touch);
    }

    public event Action<string>? RepositoryTouched;

    public GitHubServerOptions Options { get; }

    public Uri BaseAddress { get; }

    public GitHubRequestLog Log { get; }

    public FaultPlan<GitHubFault, (string Method, string Target)> Faults { get; } = new();

    public GitHubInstallations? Installations { get; }

    public AppEndpoints? Apps { get; }

    public Gatekeeper Gate { get; }

    public RateLimiter Limiter { get; }

    public MissingPermissions Permissions { get; }

    public ApiRouter Router { get; }

    public TemplateEndpoints Templates { get; }

    public PullRequestKeeper Keeper { get; }

    public GitHubPeople People { get; }

    public SmartHttp Git { get; }

    public SandboxEndpoints Sandbox { get; }

    /// <summary>Tells of a request for a repository that may have changed it.</summary>
    public void Touch(string[] segments)
    {
        var repository = segments is ["repos", var owner, var name, ..] ? $"{owner}/{name}"
            : SmartHttp.IsFor(segments) ? $"{segments[0]}/{segments[1][..^4]}"
            : null;
        if (repository is not null)
        {
            RepositoryTouched?.Invoke(repository);
        }
    }
}
