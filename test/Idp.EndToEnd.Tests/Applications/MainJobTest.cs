using Idp.Sandbox.Yaml;
using Idp.Entities;
using Idp.Kubernetes.Model;

namespace Idp.EndToEnd.Tests.Applications;

[Collection(SharedWorld.Name)]
public sealed class MainJobTest(Platform platform)
{
    [Fact]
    public async Task OneManifestBecomesARunningServiceInEveryEnvironment()
    {
        var app = await (await platform.ShowcaseAsync()).GetAsync();

        app.TextAt("status", "environmentsReady").Should().Be("2/2");
        app.ObjectsAt("status", "conditions").Select(condition => condition.TextAt("type")).Should().BeEquivalentTo(
            Conditions.Ready,
            Conditions.RepositoryReady,
            Conditions.RepositoryConfigured,
            Conditions.EnvironmentsReady,
            Conditions.TemplateCurrent);
        app.ObjectsAt("status", "conditions").Should().OnlyContain(condition => condition["status"]!.ToString() == "True");
        app.ObjectsAt("status", "environments").Select(each => (string?)each["url"]).Should().Equal(
            "https://payment-service-staging.apps.acme.dev", "https://pay.acme.dev");
        app.ObjectsAt("status", "environments").Should().OnlyContain(each =>
            (string)each["ready"]! == "True" && (string)each["sync"]! == "Synced" && (string)each["health"]! == "Healthy");
    }

    [Fact]
    public async Task TheRepositoryHoldsTheGoldenPathInOneCommit()
    {
        var app = await (await platform.ShowcaseAsync()).GetAsync();

        var folder = await platform.GitHub.CloneAsync("payment-service");

        var commits = await GitHubApi.GitAsync(folder, "rev-list", "HEAD");
        commits.Trim().Should().Be(app.TextAt("status", "repository", "commit"), "there is one commit, and the status names it");
        var marker = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(folder, ".idp", "repository.json")))!;
        ((string?)marker["owner"]).Should().Be("team-payments/payment-service");
        ((string?)marker["ownerUid"]).Should().Be(app.TextAt("metadata", "uid"));
        var brought = YamlText.ReadObjects(await File.ReadAllTextAsync(Path.Combine(folder, ".idp", "golden-path.yaml"))).Single();
        brought.TextAt("version").Should().Be(app.TextAt("status", "repository", "template", "version"));
        var files = brought.ObjectsAt("files").Select(file => Path.Combine(folder, file.TextAt("path")!)).ToList();
        files.Should().NotBeEmpty().And.OnlyContain(file => File.Exists(file));
        foreach (var path in (string[])["Dockerfile", "README.md", "catalog-info.yaml", "app/main.py", ".github/workflows/ci.yaml"])
        {
            File.Exists(Path.Combine(folder, path)).Should().BeTrue($"{path} is part of the golden path");
        }

        var live = await platform.GitHub.FindAsync("payment-service");
        live.TextAt("description").Should().Be("Takes card payments.");
        live.TextsAt("topics").Should().BeEquivalentTo("payments", "fastapi");
        live.FlagAt(false, "private").Should().BeTrue();
    }

    [Fact]
    public async Task EveryChildIsThere()
    {
        var app = await platform.ShowcaseAsync();

        foreach (var environment in (string[])["staging", "production"])
        {
            var home = app.In(environment);
            await platform.GetAsync(Kinds.Environment, app.Team, home);
            await platform.GetAsync(WellKnownKinds.Namespace, "", home);
            await platform.GetAsync(WellKnownKinds.ResourceQuota, home, "idp-quota");
            await platform.GetAsync(WellKnownKinds.LimitRange, home, "idp-defaults");
            await platform.GetAsync(WellKnownKinds.NetworkPolicy, home, "idp-isolation");
            await platform.GetAsync(WellKnownKinds.RoleBinding, home, "idp-edit-team-payments");
            await platform.GetAsync(ForeignKinds.ExternalSecret, home, "payment-service-secrets");
            await platform.GetAsync(ForeignKinds.Secret, home, "payment-service-secrets");
            await platform.GetAsync(ForeignKinds.Cluster, home, "payment-service-db");
            await platform.GetAsync(ForeignKinds.Secret, home, "payment-service-db-app");
            await platform.GetAsync(ForeignKinds.Database, home, "payment-service-db");
            await platform.GetAsync(ForeignKinds.Table, home, "payment-service-users");
            await platform.GetAsync(ForeignKinds.Table, home, "payment-service-payments");
            await platform.GetAsync(ForeignKinds.Application, "argocd", home);
            foreach (var kind in Kinds.Deployed)
            {
                await platform.GetAsync(kind, home, "payment-service");
            }
        }

        (await app.ChildrenAsync()).Should().HaveCount(2 * 12, "there is nothing besides");
    }

    [Fact]
    public async Task KubectlWaitsForItAndListsIt()
    {
        var app = await platform.ShowcaseAsync();

        await platform.KubectlAsync("wait", "--for=condition=Ready", "backendapp/payment-service", "-n", app.Team, "--timeout=5s");
        await platform.KubectlAsync("wait", "--for=condition=Ready", "appenv", "--all", "-n", app.Team, "--timeout=5s");
        var table = Table(await platform.KubectlAsync("get", "backendapps", "-n", app.Team));
        var wide = Table(await platform.KubectlAsync("get", "bapp", "-n", app.Team, "-o", "wide"));

        table[0].Should().Equal("NAME", "READY", "ENVIRONMENTS", "REPOSITORY", "STATUS", "AGE");
        table[1][..3].Should().Equal("payment-service", "True", "2/2");
        table[1][3].Should().EndWith("/acme/payment-service");
        table[1][4].Should().Be("Deployed and healthy: staging, production");
        wide[0].Should().Equal("NAME", "READY", "ENVIRONMENTS", "REPOSITORY", "STATUS", "AGE", "TEMPLATE", "TEAM", "SYSTEM");
        wide[1][6..].Should().Equal("python-fastapi", "team-payments", "billing");
    }

    [Fact]
    public async Task TheCategoryListsBothKinds()
    {
        await platform.ShowcaseAsync();

        // kubectl keeps what it once knew of a server for ten minutes, and the kinds are younger than that.
        var cache = Path.Combine(platform.Sandbox.Directory, "kubectl-cache");
        var list = await platform.KubectlAsync("get", "idp", "-A", "-o", "name", "--cache-dir", cache);

        list.Split('\n').Should().Contain("backendapp.idp.dev/payment-service")
            .And.Contain("applicationenvironment.idp.dev/payment-service-staging");
    }

    /// <summary>The cells of a table that kubectl printed: at least two blanks part them.</summary>
    private static List<string[]> Table(string text) => [.. text
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => line.Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];
}
