using Idp.Entities;

namespace Idp.EndToEnd.Tests.Tenants;

/// <summary>The team that is attacked, with one application for each way in which a repository becomes somebody's.</summary>
internal sealed class Victim
{
    /// <summary>The namespace of the team.</summary>
    public const string Team = "team-a";

    private static readonly string[] Repositories =
        ["shop", "shop-eu", "billing", "billing-deploy", "heirloom", "ledger", "ledger-book", "nomad", "web-deploy", "canary"];

    private readonly GitHubApi _gitHub;

    private Victim(Platform platform)
    {
        _gitHub = platform.GitHub;
        Shop = new TestApp(platform, Team, "shop");
        Collision = new TestApp(platform, Team, "shop-eu");
        Billing = new TestApp(platform, Team, "billing");
        Heirloom = new TestApp(platform, Team, "heirloom");
        Ledger = new TestApp(platform, Team, "ledger");
        Nomad = new TestApp(platform, Team, "nomad");
        Deploy = new TestApp(platform, Team, "web-deploy");
        Canary = new TestApp(platform, Team, "canary");
    }

    /// <summary>Has everything that an application can have.</summary>
    public TestApp Shop { get; }

    /// <summary>Has a namespace, <c>shop-eu-staging</c>, that another application and another environment would have too.</summary>
    public TestApp Collision { get; }

    /// <summary>Has a second repository for its deployment.</summary>
    public TestApp Billing { get; }

    /// <summary>Has a repository that was another team's, who gave it up.</summary>
    public TestApp Heirloom { get; }

    /// <summary>Has a repository that was renamed since: <c>ledger-book</c>.</summary>
    public TestApp Ledger { get; }

    /// <summary>Has a repository that was transferred away and back.</summary>
    public TestApp Nomad { get; }

    /// <summary>Has a repository, <c>web-deploy</c>, that <c>web</c> would have too for its deployment.</summary>
    public TestApp Deploy { get; }

    /// <summary>For the test that changes something.</summary>
    public TestApp Canary { get; }

    /// <summary>All of them.</summary>
    public IReadOnlyList<TestApp> All => [Shop, Collision, Billing, Heirloom, Ledger, Nomad, Deploy, Canary];

    /// <summary>The BackendApp of <see cref="Shop"/>.</summary>
    public JsonObject ShopAsMade { get; private set; } = [];

    /// <summary>The number of its repository.</summary>
    public long ShopId => ShopAsMade.NumberAt(0, "status", "repository", "id");

    /// <summary>Whether a repository is the team's, by a name that it has or had.</summary>
    public static bool IsRepository(string name) => Repositories.Contains(name);

    /// <summary>Whether a namespace is that of an environment of the team's.</summary>
    public static bool IsHome(string name) => name.EndsWith("-staging", StringComparison.Ordinal) && IsRepository(name[..^"-staging".Length]);

    /// <summary>What an object carries that says that it belongs to a BackendApp.</summary>
    public static JsonObject OwnerReference(JsonObject app) => new()
    {
        ["apiVersion"] = Kinds.BackendApp.ApiVersion,
        ["kind"] = Kinds.BackendApp.Kind,
        ["name"] = app.TextAt("metadata", "name"),
        ["uid"] = app.TextAt("metadata", "uid"),
        ["controller"] = true,
        ["blockOwnerDeletion"] = true,
    };

    /// <summary>Makes the team and all that it has.</summary>
    public static async Task<Victim> SettleAsync(Platform platform)
    {
        await platform.NewTeamAsync("a");
        var victim = new Victim(platform);
        await Task.WhenAll(
            victim.Shop.MakeAsync(Shopping),
            victim.Collision.MakeAsync(Specs.Small),
            victim.Billing.MakeAsync("repository: {deployment: Separate}\nenvironments: [{name: staging}]"),
            victim.Heirloom.MakeAsync("repository: {adoption: IfUnowned}\nenvironments: [{name: staging}]"),
            victim.Ledger.MakeAsync(Specs.Small),
            victim.Nomad.MakeAsync(Specs.Small),
            victim.Deploy.MakeAsync(Specs.Small),
            victim.Canary.MakeAsync(Specs.Small));
        await SandboxAsync(platform.GitHub, "rename", """{"owner": "acme", "name": "ledger", "new_name": "ledger-book"}""");
        await SandboxAsync(platform.GitHub, "transfer", """{"owner": "acme", "name": "nomad", "new_owner": "umbrella"}""");
        await SandboxAsync(platform.GitHub, "transfer", """{"owner": "umbrella", "name": "nomad", "new_owner": "acme"}""");
        await victim.Ledger.ReconcileAsync();
        await victim.Nomad.ReconcileAsync();
        victim.ShopAsMade = await victim.Shop.GetAsync();
        return victim;
    }

    /// <summary>Fails unless an application is ready, also after a fresh look at GitHub, and its repository as private as it was.</summary>
    public async Task ExpectReadyAsync(string name)
    {
        var app = All.Single(app => app.Name == name);
        var token = $"{Guid.NewGuid():N}";
        await app.AnnotateAsync(Annotations.ReconcileRequestedAt, token);
        var item = await app.UntilAsync("looked at", item => item.TextAt("status", "lastHandledReconcileAt") == token);
        item.Is(Conditions.Ready).Should().BeTrue(ConditionReading.Print(item));
        var (_, repository) = await _gitHub.AskAsync(HttpMethod.Get, $"repositories/{item.NumberAt(0, "status", "repository", "id")}");
        repository.FlagAt(false, "private").Should().BeTrue();
    }

    private static async Task SandboxAsync(GitHubApi gitHub, string verb, string body) =>
        (await gitHub.AskAsync(HttpMethod.Post, $"_sandbox/{verb}", body)).Status.Should().Be(204);

    private const string Shopping = """
        description: Sells things.
        repository: {topics: [sales], deletionPolicy: Delete}
        env: [{name: LOG_LEVEL, value: info}]
        secrets: [{name: STRIPE_KEY, remoteRef: {key: vault-a/stripe, property: apiKey}}]
        database:
          storage: 5Gi
          tables: [{name: users, primaryKey: [id], columns: [{name: id, type: uuid, notNull: true}]}]
        environments: [{name: staging, host: shop.shared.acme.dev}]
        """;
}
