using Idp.Entities;
using Idp.Operator.Settings;

namespace Idp.Operator.Tests.Settings;

public sealed class PlatformSettingsLoaderTest
{
    private const string Minimal = "github: {owner: Acme}\ningress: {domain: apps.acme.dev}\n";

    [Fact]
    public void TwoLinesAreEnough_AllElseHasADefault()
    {
        var settings = Load(Minimal);

        settings.Registry.Should().Be("ghcr.io/acme");
        settings.GitHub.ApiUrl.Should().Be(new Uri("https://api.github.com/"));
        settings.GitHub.WebUrl.Should().Be(new Uri("https://github.com/"));
        settings.GoldenPaths.Default.Should().Be("python-fastapi");
        settings.ArgoCd.Should().BeEquivalentTo(new ArgoCdSettings());
        settings.Secrets.Store.Kind.Should().Be(SecretStoreKind.ClusterSecretStore);
        settings.Database.Version.Should().Be("17");
        settings.Environments.Select(e => (e.Name, e.Stage)).Should().Equal(("staging", Stage.Staging), ("production", Stage.Production));
        settings.Stages.Production.DatabaseInstances.Should().Be(3);
        settings.Stages[Stage.Development].Guardrails.Access.Should().Equal(new AccessSettings { Group = "{team}", Role = AccessRole.Edit });
        settings.Teams.Should().BeEmpty();
    }

    [Fact]
    public void AFileIsAMergePatch_OverTheDefaults()
    {
        var settings = Load(Minimal + """
            stages:
              Staging:
                guardrails:
                  quota: {pods: "80", requests.cpu: null}
                  access: []
            environments: [{name: dev, stage: Development}]
            """);

        var guardrails = settings.Stages.Staging.Guardrails;
        guardrails.Quota.Should().BeEquivalentTo(new Dictionary<string, string>
        {
            ["requests.memory"] = "8Gi",
            ["limits.memory"] = "16Gi",
            ["pods"] = "80",
        });
        guardrails.Access.Should().BeEmpty();
        guardrails.PodSecurity.Should().Be(PodSecurity.Restricted);
        settings.Stages.Production.Guardrails.Quota["pods"].Should().Be("100");
        settings.Environments.Should().ContainSingle(e => e.Name == "dev" && e.Stage == Stage.Development);
    }

    [Fact]
    public void WhatBreaksARule_IsSaidInTheSameRoundAsWhatHasTheWrongType()
    {
        var loaded = PlatformSettingsLoader.Parse(
            """
            github: {owner: acme}
            ingress: {domain: Not A Domain}
            stages: {Production: {databaseInstances: many}}
            """,
            "platform.yaml");

        loaded.Errors.Select(error => error.Path).Should().BeEquivalentTo("ingress.domain", "stages.Production.databaseInstances");
    }

    [Fact]
    public void EveryErrorIsListed_WithItsLine()
    {
        var loaded = PlatformSettingsLoader.Parse(
            """
            github:
              ownr: acme
              apiUrl: 7
            argocd: [x]
            database:
              provider: cloudnativepg
              version: 17
            stages:
              Production: {replicas: many, sync: 1}
            teams:
              - githubOwners: acme
              -
            ingress: {domain: }
            """,
            "platform.yaml");

        loaded.Value.Should().BeNull();
        loaded.Errors.Select(e => e.ToString()).Should().Equal(
            "platform.yaml:2:3: github.ownr: there is no such key: did you mean 'owner'?",
            "platform.yaml:3:11: github.apiUrl: must be an address",
            "platform.yaml:4:9: argocd: a mapping is expected",
            "platform.yaml:6:13: database.provider: must be one of CloudNativePG, External: did you mean 'CloudNativePG'?",
            "platform.yaml:7:12: database.version: must be text: put it in quotes",
            "platform.yaml:9:26: stages.Production.replicas: must be a whole number",
            "platform.yaml:9:38: stages.Production.sync: must be one of Automatic, Manual",
            "platform.yaml:11:5: teams[0].namespace: is required",
            "platform.yaml:11:19: teams[0].githubOwners: a list is expected",
            "platform.yaml:12:4: teams[1]: has no value",
            "platform.yaml:13:19: ingress.domain: has no value: leave the key out for the default");
    }

    [Fact]
    public void WhatIsMissing_IsAskedFor()
    {
        var loaded = PlatformSettingsLoader.Parse("github:\n  tokenFile: /t\n", "platform.yaml");

        loaded.Errors.Select(e => e.ToString()).Should().Equal(
            "platform.yaml:1:1: github.owner: is required: the organisation that owns new repositories",
            "platform.yaml:1:1: ingress.domain: is required: the domain that hosts are made under");
        PlatformSettingsLoader.Parse("", "platform.yaml").Errors.Should().HaveCount(2);
    }

    [Theory]
    [InlineData("registry: 'ghcr.io/acme; rm'", "registry")]
    [InlineData("secrets: {refreshInterval: 1d}", "secrets.refreshInterval")]
    [InlineData("secrets: {refreshInterval: '-1h'}", "secrets.refreshInterval")]
    [InlineData("database: {storage: 10 GB}", "database.storage")]
    [InlineData("database: {external: {remoteKey: 'db/{app}'}}", "database.external.remoteKey")]
    [InlineData("argocd: {project: '{name}'}", "argocd.project")]
    [InlineData("argocd: {repositoryCredentials: [{owner: acme}]}", "argocd.repositoryCredentials[0].remoteKey")]
    [InlineData("argocd: {repositoryCredentials: [{owner: a/b, remoteKey: k}]}", "argocd.repositoryCredentials[0].owner")]
    [InlineData("argocd: {repositoryCredentials: [{owner: a, remoteKey: k}, {owner: A, remoteKey: l}]}", "argocd.repositoryCredentials[1].owner")]
    [InlineData("argocd: {repositoryCredentials: [{owner: a, remoteKey: '{{ . }}'}]}", "argocd.repositoryCredentials[0].remoteKey")]
    [InlineData("argocd: {repositoryCredentials: [{owner: a, remoteKey: k, app: {id: Iv1.x, installationId: 1}}]}", "argocd.repositoryCredentials[0].app.id")]
    [InlineData("argocd: {repositoryCredentials: [{owner: a, remoteKey: k, app: {id: '1', installationId: 0}}]}", "argocd.repositoryCredentials[0].app.installationId")]
    [InlineData("imagePullSecret: {}", "imagePullSecret.remoteKey")]
    [InlineData("imagePullSecret: {remoteKey: 'r/{owner}'}", "imagePullSecret.remoteKey")]
    [InlineData("imagePullSecret: {remoteKey: r, property: a b}", "imagePullSecret.property")]
    [InlineData("environments: []", "environments")]
    [InlineData("environments: [{name: a, stage: Staging}, {name: a, stage: Production}]", "environments[1].name")]
    [InlineData("environments: [{name: A_b, stage: Staging}]", "environments[0].name")]
    [InlineData("stages: {Staging: {databaseInstances: 0}}", "stages.Staging.databaseInstances")]
    [InlineData("stages: {Staging: {replicas: -1}}", "stages.Staging.replicas")]
    [InlineData("stages: {Staging: {guardrails: {quota: {requests.cpu: '-4'}}}}", "stages.Staging.guardrails.quota['requests.cpu']")]
    [InlineData("stages: {Staging: {guardrails: {access: [{group: '{user}', role: View}]}}}", "stages.Staging.guardrails.access[0].group")]
    [InlineData("teams: [{namespace: 'a?'}]", "teams[0].namespace")]
    [InlineData("teams: [{namespace: a, secretKeys: ['x y']}]", "teams[0].secretKeys[0]")]
    [InlineData("teams: [{namespace: a, secretKeys: ['{team}/*']}]", "teams[0].secretKeys[0]")]
    public void ValuesThatCannotWork_AreRefusedAtTheirPlace(string line, string path)
    {
        var loaded = PlatformSettingsLoader.Parse(Minimal + line + "\n", "platform.yaml");

        loaded.Errors.Should().NotBeEmpty().And.OnlyContain(e => e.Path == path && e.Line == 3);
    }

    [Fact]
    public void AnApp_IsReadWithItsNumber()
    {
        var app = Load(Github("app: {id: Iv23liAbc, privateKeyFile: /k, installationId: 42}")).GitHub.App;

        app.Should().Be(new GitHubAppSettings { Id = "Iv23liAbc", PrivateKeyFile = "/k", InstallationId = 42 });
        Load(Minimal).GitHub.App.Should().BeNull();
    }

    [Theory]
    [InlineData("app: {}", "github.app.id: is required")]
    [InlineData("app: {}", "github.app.privateKeyFile: is required")]
    [InlineData("app: {id: '1', privateKeyFile: ''}", "github.app.privateKeyFile: must name the file of the App's private key")]
    [InlineData("app: {id: 12345, privateKeyFile: /k}", "github.app.id: must be text: put it in quotes")]
    [InlineData("app: {id: 'a b', privateKeyFile: /k}", "github.app.id: must be an App's id such as \"12345\", or its client id")]
    [InlineData("app: {id: '1', privateKeyFile: /k, installationId: 0}", "github.app.installationId: must be the number of an installation")]
    [InlineData("app: {id: '1', privateKeyFile: /k, installationId: one}", "github.app.installationId: must be a whole number")]
    [InlineData("app: {id: '1', privateKeyFile: /k}, tokenFile: /t", "github.tokenFile: is not used beside github.app: take one of the two out")]
    public void AnAppThatCannotWork_IsSaid(string github, string error) =>
        PlatformSettingsLoader.Parse(Github(github), "f").Errors.Select(e => $"{e.Path}: {e.Message}").Should().Contain(error);

    private static string Github(string more) => $"github: {{owner: a, {more}}}\ningress: {{domain: a.dev}}\n";

    [Theory]
    [InlineData("{application}.{domain}")]
    [InlineData("{environment}.{domain}")]
    public void AHostRuleUnderWhichEnvironmentsWouldShareAHost_IsRefused(string rule)
    {
        var loaded = PlatformSettingsLoader.Parse($"github: {{owner: a}}\ningress: {{domain: a.dev, host: '{rule}'}}\n", "f");

        loaded.Errors.Should().ContainSingle(e => e.Path == "ingress.host" && e.Line == 2);
    }

    [Theory]
    [InlineData("https://github.acme.dev/api/v3", "https://github.acme.dev/")]
    [InlineData("https://api.acme.ghe.com/", "https://acme.ghe.com/")]
    [InlineData("http://127.0.0.1:8080/", "http://127.0.0.1:8080/")]
    public void LinksGoToTheWebPagesOfThatGitHub(string api, string web) =>
        Load($"github: {{owner: a, apiUrl: '{api}'}}\ningress: {{domain: a.dev}}\n").GitHub.WebUrl.Should().Be(new Uri(web));

    [Theory]
    [InlineData("file:///etc/passwd")]
    [InlineData("https://user:password@github.acme.dev/")]
    [InlineData("api.github.com")]
    public void AnAddressThatIsNotPlainlyWeb_IsRefused(string api)
    {
        var loaded = PlatformSettingsLoader.Parse($"github: {{owner: a, apiUrl: '{api}'}}\ningress: {{domain: a.dev}}\n", "f");

        loaded.Errors.Should().ContainSingle(e => e.Path == "github.apiUrl");
    }

    [Fact]
    public void YamlThatIsBroken_IsOneError() =>
        PlatformSettingsLoader.Parse("github: {owner: a\n", "f").Errors.Should().ContainSingle().Which.File.Should().Be("f");

    [Fact]
    public void AFileThatIsNotThere_IsAnError() =>
        PlatformSettingsLoader.Load("/nowhere/platform.yaml").ErrorText.Should().StartWith("/nowhere/platform.yaml: cannot be read: ");

    [Fact]
    public void HostsAndImagesFollowTheRules()
    {
        var settings = Load(Minimal);
        var place = new EnvironmentIdentity { Application = "pay", Environment = "staging", Namespace = "pay-staging", Team = "{domain}" };

        settings.HostFor(place).Should().Be("pay-staging.apps.acme.dev");
        settings.ImageFor("Payment-Service").Should().Be("ghcr.io/acme/payment-service");
        place.Fill("{team}/{application}").Should().Be("{domain}/pay", "what is put in is not looked at again");
    }

    internal static PlatformSettings Load(string text)
    {
        var loaded = PlatformSettingsLoader.Parse(text, "platform.yaml");
        loaded.ErrorText.Should().BeEmpty();
        return loaded.Value!;
    }
}
