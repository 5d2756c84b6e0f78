using Idp.Sandbox.World;
using Idp.Sandbox.Yaml;
using Idp.Testing.Proxy;

namespace Idp.EndToEnd.Tests.Tenants;

/// <summary>
/// A world with a victim, whose applications are ready, and an attacker, who may write manifests in a namespace of its own and push to
/// every repository. A proxy sees all that the operator sends to the API server; GitHub's own log tells the attacker's requests apart.
/// </summary>
public sealed class TenantsPlatform : Platform
{
    private const string Teams = """
        - {namespace: team-a, secretKeys: ["vault-a/*"], hosts: ["*.a.acme.dev", "*.shared.acme.dev"], adopt: [heirloom]}
        - {namespace: team-b, hosts: ["*.b.acme.dev", "*.shared.acme.dev"], adopt: [shop, heirloom, billing*, canary]}
        - {namespace: team-c, secretKeys: ["vault-c/*"]}
        """;

    private readonly string _attackersToken = FakeValue.New();

    /// <summary>What the operator sends to the API server.</summary>
    public FaultProxy ApiServer { get; private set; } = null!;

    /// <summary>Who is attacked.</summary>
    internal Victim Victim { get; private set; } = null!;

    /// <summary>Who attacks.</summary>
    internal Attacker Attacker { get; private set; } = null!;

    /// <summary>Reads the world.</summary>
    internal WorldReader Reader { get; private set; } = null!;

    /// <inheritdoc/>
    public override async Task DisposeAsync()
    {
        Attacker?.Dispose();
        await base.DisposeAsync();
    }

    // Argo CD looks at a repository once: what the attacker pushes is not the platform's to deploy, and would move the victim's world.
    /// <inheritdoc/>
    protected override SandboxOptions Arrange(SandboxOptions options) => options with
    {
        Organisations = ["acme", "umbrella"],
        HearsOfPushes = false,
        PollInterval = TimeSpan.FromHours(1),
        GitHub = server => server with { Members = new Dictionary<string, string> { [_attackersToken] = Attacker.Login } },
        Platform = Grant,
    };

    /// <inheritdoc/>
    protected override async Task<OperatorSetup> SetupAsync(CancellationToken cancellationToken)
    {
        ApiServer = await Sandbox.StartApiServerProxyAsync(cancellationToken);
        return await Sandbox.BehindAsync(new OperatorSetup(), ApiServer, gitHub: null, cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task BeginAsync()
    {
        await StartOperatorAsync();
        var reader = WorldReader.StartAsync(Sandbox);
        Attacker = await Attacker.EnterAsync(this, _attackersToken);
        Victim = await Victim.SettleAsync(this);
        Reader = await reader;
        await Reader.UntilStillAsync(Watching);
    }

    // The operator looks at GitHub when it is asked to: a look of its own in the middle of a try would repair what the attacker has changed.
    private static void Grant(JsonObject settings)
    {
        settings["github"]!["pollInterval"] = "24h";
        settings["teams"] = YamlText.Read(Teams)[0];
    }
}
