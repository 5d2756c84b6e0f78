using Idp.Entities;
using Idp.Kubernetes.Model;
using Idp.Operator.ApplicationEnvironments;
using Idp.Operator.Settings;
using Idp.Operator.Yaml;

namespace Idp.Operator.Tests.ApplicationEnvironments;

public sealed class RepositoryCredentialsTest
{
    [Fact]
    public void AppsKeyGoesFromTheStoreToArgoCd_ForTheRepositoriesOfOneOwner()
    {
        var wanted = RepositoryCredentials.Make(Samples.PrivateSettings)[0];

        YamlWriter.Write(wanted.Body).Should().Be(
            """
            apiVersion: external-secrets.io/v1
            kind: ExternalSecret
            metadata:
              name: idp-repositories-acme
              namespace: argocd
              labels:
                app.kubernetes.io/managed-by: idp-operator
                idp.dev/platform: repository-credentials
            spec:
              refreshInterval: 1h
              secretStoreRef:
                kind: ClusterSecretStore
                name: platform
              target:
                name: idp-repositories-acme
                creationPolicy: Owner
                deletionPolicy: Retain
                template:
                  engineVersion: v2
                  mergePolicy: Replace
                  data:
                    type: git
                    url: https://github.com/Acme/
                    githubAppID: "23456"
                    githubAppInstallationID: "7890123"
                    githubAppPrivateKey: "{{ .secret }}"
                  metadata:
                    labels:
                      argocd.argoproj.io/secret-type: repo-creds
              data:
                - secretKey: secret
                  remoteRef:
                    key: platform/argocd
                    conversionStrategy: Default
                    decodingStrategy: None
                    metadataPolicy: None
                    property: private-key

            """);
    }

    [Fact]
    public void TokenIsAPassword()
    {
        var data = RepositoryCredentials.Make(Samples.PrivateSettings)[1].Body["spec"]!["target"]!["template"]!["data"]!;

        data.ToJsonString().Should().Be(
            """{"type":"git","url":"https://github.com/acme-rival/","username":"x-access-token","password":"{{ .secret }}"}""");
    }

    [Fact]
    public void EnterpriseServerIsNamed()
    {
        var settings = Samples.PrivateSettings with
        {
            GitHub = Samples.PrivateSettings.GitHub with
            {
                ApiUrl = new Uri("https://github.acme.dev/api/v3/"),
                WebUrl = new Uri("https://github.acme.dev/"),
            },
        };

        var data = RepositoryCredentials.Make(settings)[0].Body["spec"]!["target"]!["template"]!["data"]!;

        ((string?)data["url"]).Should().Be("https://github.acme.dev/Acme/");
        ((string?)data["githubAppEnterpriseBaseUrl"]).Should().Be("https://github.acme.dev/api/v3");
    }

    [Theory]
    [InlineData("https://github.com/acme/pay.git", "Acme")]
    [InlineData("https://github.com/ACME/pay", "Acme")]
    [InlineData("https://github.com/acme-rival/pay.git", "acme-rival")]
    [InlineData("https://github.com/acme-other/pay.git", null)]
    [InlineData("https://gitlab.com/acme/pay.git", null)]
    public void EntryIsFoundByTheWholeOwner(string address, string? owner) =>
        RepositoryCredentials.EntryFor(Samples.PrivateSettings, address)?.Owner.Should().Be(owner);

    [Fact]
    public void RefusalWithoutAnEntrySaysWhereOneBelongs() =>
        Explained(Samples.Settings, Observation.Empty).Should().EndWith("No entry of argocd.repositoryCredentials in platform.yaml is for it.");

    [Fact]
    public void RefusalWithAnEntrySaysHowItsExternalSecretIs()
    {
        var wanted = RepositoryCredentials.Make(Samples.PrivateSettings)[0];
        var synced = World.Live(wanted);
        var failing = World.Live(wanted, (_, json) => json["status"]!["conditions"]![0]!["status"] = "False");

        Explained(Samples.PrivateSettings, Observation.Empty).Should().EndWith("ExternalSecret argocd/idp-repositories-acme, which brings them, is not there yet.");
        Explained(Samples.PrivateSettings, Credentials(synced)).Should().EndWith("has brought those of Acme: may they read this repository?");
        Explained(Samples.PrivateSettings, Credentials(failing)).Should().Contain("ExternalSecret argocd/idp-repositories-acme: secret synced. Check that each remoteRef");
    }

    [Fact]
    public void AnotherStateIsLeftAsItIs()
    {
        var state = ChildState.Failed(Reasons.SyncFailed, "words");

        RepositoryAccess.Explain(state, new SectionInput(Samples.Plan("minimal").Environment, Observation.Empty, Report: null, World.Now)).Should().Be(state);
    }

    private static Observation Credentials(KubeObject live) => new() { Credentials = [live] };

    private static string Explained(PlatformSettings settings, Observation world)
    {
        var environment = new EffectiveEnvironment { Entity = Samples.Read("minimal"), Settings = settings, Team = "team-payments" };
        var seen = new SectionInput(environment, world, Report: null, World.Now);
        return RepositoryAccess.Explain(ChildState.Failed(Reasons.RepositoryAccessMissing, "No."), seen).Message;
    }
}
