using Idp.Sandbox.Processes;
using Idp.Sandbox.World;

namespace Idp.EndToEnd.Tests.Operations;

/// <summary>What the program says on the command line, and how it ends.</summary>
public sealed class CommandLineTest : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("idp-command-line-");

    [Fact]
    public async Task BrokenSettingsStopTheStartWithEveryErrorAtItsPlace()
    {
        var platform = await WriteAsync("platform.yaml", """
            github:
              owner: acme
              tokenFiel: /var/run/token
            ingres:
              domain: apps.acme.dev
            stages:
              Production: {databaseInstances: many}
            """);

        var run = await IdpAsync("run", "--platform", platform, "--kubeconfig", Path.Combine(_directory.FullName, "none"));

        run.ExitCode.Should().Be(2);
        run.Error.Should().Contain("platform.yaml:3:3: github.tokenFiel").And.Contain("'tokenFile'")
            .And.Contain("platform.yaml:4:1: ingres").And.Contain("platform.yaml:7:35: stages.Production.databaseInstances");
    }

    [Fact]
    public async Task SettingsThatContradictTheRulesStopTheStartWithEveryErrorAtItsPlace()
    {
        var platform = await WriteAsync("platform.yaml", """
            github: {owner: acme, apiUrl: not an address}
            ingress: {domain: Not A Domain}
            environments:
              - {name: staging, stage: Staging}
              - {name: staging, stage: Production}
            """);

        var run = await IdpAsync("run", "--platform", platform, "--kubeconfig", Path.Combine(_directory.FullName, "none"));

        run.ExitCode.Should().Be(2);
        run.Error.Should().Contain("github.apiUrl").And.Contain("ingress.domain").And.Contain("environments");
    }

    [Fact]
    public async Task AFileThatIsNotThereIsSaidInOneLine()
    {
        var run = await IdpAsync("run", "--platform", Path.Combine(_directory.FullName, "absent.yaml"));

        run.ExitCode.Should().Be(2);
        run.Error.Should().Contain("absent.yaml").And.NotContain("   at ", "a stack is no message");
    }

    [Fact]
    public async Task AClusterThatCannotBeReachedIsSaid()
    {
        var run = await IdpAsync("run", "--platform", await WritePlatformAsync(), "--kubeconfig", Path.Combine(_directory.FullName, "none"));

        run.ExitCode.Should().Be(2);
        run.Error.Should().Contain("none").And.NotContain("   at ");
    }

    [Fact]
    public async Task AnOptionThatDoesNotExistIsSaid()
    {
        var run = await IdpAsync("run", "--plattform", "x");

        run.ExitCode.Should().NotBe(0);
        run.Error.Should().Contain("--plattform");
    }

    [Theory]
    [InlineData("version", "idp 0.1.0")]
    [InlineData("self-check", "ok     create_installation_token")]
    [InlineData("--help", "plan")]
    [InlineData("--help", "--platform")]
    [InlineData("--help", "version")]
    public async Task TheProgramExplainsItself(string argument, string words)
    {
        var result = await IdpAsync(argument);

        result.ExitCode.Should().Be(0, result.Error);
        result.Output.Should().Contain(words);
    }

    [Fact]
    public async Task APlanNeedsNoWorld()
    {
        var sample = SandboxPaths.Below("config", "samples", "02-payment-service.yaml");

        var names = await IdpAsync("plan", "--offline", "--names", "--filename", sample, "--platform", await WritePlatformAsync());

        names.ExitCode.Should().Be(0, names.Error + names.Output);
        names.Output.Should().Contain("BackendApp team-payments/payment-service")
            .And.Contain("repository: create acme/payment-service")
            .And.Contain("create: Cluster.postgresql.cnpg.io payment-service-production/payment-service-db");
        names.Output.Should().NotContain("unchanged");
    }

    [Fact]
    public async Task APlanShowsASeparateDeploymentRepositoryToo()
    {
        var manifest = await WriteAsync("app.yaml", """
            apiVersion: idp.dev/v1alpha1
            kind: BackendApp
            metadata: {name: parted, namespace: team-shop}
            spec: {repository: {deployment: Separate}}
            """);

        var plan = await IdpAsync("plan", "--offline", "--filename", manifest, "--platform", await WritePlatformAsync());

        plan.ExitCode.Should().Be(0, plan.Error + plan.Output);
        plan.Output.Should().Contain("deployment repository: create acme/parted-deploy").And.Contain("  repository: create acme/parted\n")
            .And.Contain("    deploy/overlays/staging/kustomization.yaml").And.Contain("repoURL: https://github.com/acme/parted-deploy.git");
    }

    [Fact]
    public async Task APlanWritesWhatNewRepositoriesWouldHold()
    {
        var manifest = await WriteAsync("app.yaml", """
            apiVersion: idp.dev/v1alpha1
            kind: BackendApp
            metadata: {name: parted, namespace: team-shop}
            spec: {repository: {deployment: Separate}, database: {}}
            """);
        var target = Path.Combine(_directory.FullName, "rendered");

        var plan = await IdpAsync("plan", "--offline", "--names", "-f", manifest, "--platform", await WritePlatformAsync(), "--render", target);

        plan.ExitCode.Should().Be(0, plan.Error + plan.Output);
        var files = Directory.EnumerateFiles(target, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(target, file)).ToList();
        files.Should().Contain(["acme/parted/app/database.py", "acme/parted/.github/workflows/ci.yaml"])
            .And.Contain("acme/parted-deploy/deploy/overlays/staging/kustomization.yaml")
            .And.NotContain(file => file.StartsWith("acme/parted/deploy/", StringComparison.Ordinal));
        files.Should().HaveCount(plan.Output.Split('\n').Count(line => line.StartsWith("    ", StringComparison.Ordinal)), "it writes what it names");
    }

    [Fact]
    public async Task APlanOfWhatCannotBeCarriedOutSaysSoAndFails()
    {
        var manifest = await WriteAsync("app.yaml", """
            apiVersion: idp.dev/v1alpha1
            kind: BackendApp
            metadata: {name: greedy, namespace: team-shop}
            spec: {repository: {owner: umbrella}}
            """);

        var plan = await IdpAsync("plan", "--offline", "--filename", manifest, "--platform", await WritePlatformAsync());

        plan.ExitCode.Should().Be(1);
        plan.Output.Should().Contain("NotGranted").And.Contain("umbrella");
    }

    [Fact]
    public async Task AManifestThatCannotBeReadIsSaidWithItsPlace()
    {
        var manifest = await WriteAsync("app.yaml", "kind: BackendApp\nspec: [\n");

        var plan = await IdpAsync("plan", "--offline", "--filename", manifest, "--platform", await WritePlatformAsync());

        plan.ExitCode.Should().Be(2);
        plan.Error.Should().Contain("app.yaml").And.NotContain("   at ");
    }

    [Fact]
    public async Task ThePlanOfTheReadmeNeedsNoSettingsAndNoCluster()
    {
        var readme = await File.ReadAllTextAsync(SandboxPaths.Below("README.md"));
        var manifest = await WriteAsync("payment-service.yaml", readme.Split("```yaml\n")[1].Split("```")[0]);

        var plan = await IdpAsync(Nobody, "plan", "-f", manifest, "--names");

        plan.ExitCode.Should().Be(0, plan.Error + plan.Output);
        plan.Error.Should().Contain("Cluster: none is reached").And.Contain("Settings: built in").And.Contain("Golden paths: ").And.Contain("python-fastapi of ");
        plan.Output.Should().Contain("create: Cluster.postgresql.cnpg.io payment-service-production/payment-service-db");
    }

    [Fact]
    public async Task AClusterThatDoesNotAnswerIsSaid_AndIsAnErrorWhereItWasNamed()
    {
        var kubeconfig = await WriteAsync("kubeconfig", """
            current-context: away
            clusters: [{name: away, cluster: {server: "https://127.0.0.1:1"}}]
            users: [{name: me, user: {token: secret}}]
            contexts: [{name: away, context: {cluster: away, user: me}}]
            """);
        var manifest = SandboxPaths.Below("config", "samples", "02-payment-service.yaml");

        var found = await IdpAsync(new Dictionary<string, string> { ["KUBECONFIG"] = kubeconfig }, "plan", "-f", manifest, "--names");
        var named = await IdpAsync("plan", "-f", manifest, "--kubeconfig", kubeconfig);

        found.ExitCode.Should().Be(0, found.Error);
        found.Error.Should().Contain("Cluster: none is reached").And.Contain("127.0.0.1:1").And.NotContain("secret");
        named.ExitCode.Should().Be(2);
        named.Error.Should().Contain("The cluster cannot be reached").And.Contain("127.0.0.1:1").And.NotContain("   at ");
    }

    [Fact]
    public async Task AMisspeltFieldIsRefusedWithItsPlace_FromStandardInputToo()
    {
        var plan = new Command(SandboxPaths.OperatorBinary() ?? "", "plan", "--offline", "-f", "-")
        {
            Input = "apiVersion: idp.dev/v1alpha1\nkind: BackendApp\nmetadata: {name: hello}\nspec: {replica: 3, imagee: x}\n",
        };
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));

        var refused = await plan.RunAsync(patience.Token);

        refused.ExitCode.Should().Be(2);
        refused.Error.Should().Contain("standard input:4:8: spec.replica: there is no such key: did you mean 'replicas'?")
            .And.Contain("standard input:4:20: spec.imagee: there is no such key: did you mean 'image'?");
        refused.Output.Should().BeEmpty();
    }

    public void Dispose() => _directory.Delete(recursive: true);

    // Somebody without a kubeconfig.
    private Dictionary<string, string> Nobody => new() { ["KUBECONFIG"] = "", ["HOME"] = _directory.FullName };

    private Task<string> WritePlatformAsync() => WriteAsync("platform.yaml", $$"""
        github: {owner: acme, tokenFile: {{_directory.FullName}}/token}
        goldenPaths: {directories: [{{SandboxPaths.Below("golden-paths")}}]}
        ingress: {domain: apps.acme.dev}
        teams:
          - {namespace: team-payments, secretKeys: ["payments/*"], hosts: [pay.acme.dev]}
          - {namespace: team-*}
        """);

    private async Task<string> WriteAsync(string name, string text)
    {
        var path = Path.Combine(_directory.FullName, name);
        await File.WriteAllTextAsync(path, text);
        return path;
    }

    private static Task<CommandResult> IdpAsync(params string[] arguments) => IdpAsync(new Dictionary<string, string>(), arguments);

    private static async Task<CommandResult> IdpAsync(Dictionary<string, string> environment, params string[] arguments)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        return await new Command(SandboxPaths.OperatorBinary() ?? "", arguments) { Environment = environment }.RunAsync(patience.Token);
    }
}
