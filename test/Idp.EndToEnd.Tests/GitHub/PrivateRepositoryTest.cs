using System.Text;
using Idp.Entities;

namespace Idp.EndToEnd.Tests.GitHub;

/// <summary>The first application of a new cluster: what it lacks is said, and needs no more than a setting.</summary>
[Collection(PrivateWorld.Name)]
public sealed class PrivateRepositoryTest(PrivatePlatform platform)
{
    private const string Credentials = "idp-repositories-acme";

    [Fact]
    public async Task ArgoCdReadsPrivateRepositories_OnceTheirCredentialsAreASetting()
    {
        var app = await platform.NewAppAsync("first");
        await app.ApplyAsync(Specs.Small);
        var refused = await EnvironmentAsync(app, "refused", Conditions.DeliveryReady, Reasons.RepositoryAccessMissing);
        await platform.ChangeSettingsAsync(settings => Entries(settings).Add((JsonNode)new JsonObject
        {
            ["owner"] = "acme",
            ["app"] = new JsonObject { ["id"] = "23456", ["installationId"] = 7890123 },
            ["remoteKey"] = "platform/argocd",
        }));
        await app.UntilReadyAsync();
        var secret = await platform.GetAsync(ForeignKinds.Secret, "argocd", Credentials);
        await platform.KubectlAsync("delete", "externalsecret", "-n", "argocd", Credentials);
        var again = await platform.Watching.UntilAsync(ForeignKinds.ExternalSecret, "argocd", Credentials, "put back", _ => true);
        await platform.ChangeSettingsAsync(settings => Entries(settings).Clear());
        await platform.Watching.UntilGoneAsync(ForeignKinds.ExternalSecret, "argocd", Credentials);

        var message = refused.Condition(Conditions.DeliveryReady).TextAt("message");
        message.Should().Contain("authentication required").And.Contain("docs/getting-started.md").And.Contain("argocd.repositoryCredentials");
        secret.TextAt("metadata", "labels", "argocd.argoproj.io/secret-type").Should().Be("repo-creds");
        Encoding.UTF8.GetString(Convert.FromBase64String(secret.TextAt("data", "url")!)).Should().Be($"{platform.Sandbox.GitHub.BaseAddress}acme/");
        again.TextAt("metadata", "labels", Labels.Platform).Should().Be("repository-credentials");
    }

    [Fact]
    public async Task PrivateImagesArePulledWithASecretOfTheStore_WhichIsMissedByName()
    {
        platform.Sandbox.Faults.LoseRemoteKey("registries/team-pulled");
        var app = await platform.NewAppAsync("pulled");
        await app.ApplyAsync(Specs.Small);
        var missing = await EnvironmentAsync(app, "without the pull secret", Conditions.SecretsReady, "SecretSyncedError");
        platform.Sandbox.Faults.RestoreRemoteKey("registries/team-pulled");
        await platform.Watching.UntilAsync(
            Kinds.Environment, app.Team, app.In("staging"), "with the pull secret", item => item.Is(Conditions.SecretsReady));
        var secret = await platform.GetAsync(ForeignKinds.Secret, app.In("staging"), "idp-image-pull");
        var application = await platform.GetAsync(ForeignKinds.Application, "argocd", app.In("staging"));

        missing.Condition(Conditions.SecretsReady).TextAt("message").Should().Contain("idp-image-pull");
        secret.TextAt("type").Should().Be("kubernetes.io/dockerconfigjson");
        application.ObjectsAt("spec", "source", "kustomize", "patches").Select(patch => patch.TextAt("patch")).Should().Contain(text => text!.Contains("idp-image-pull"));
    }

    private static JsonArray Entries(JsonObject settings)
    {
        var argocd = settings["argocd"]!.AsObject();
        argocd["repositoryCredentials"] ??= new JsonArray();
        return argocd["repositoryCredentials"]!.AsArray();
    }

    private Task<JsonObject> EnvironmentAsync(TestApp app, string what, string condition, string reason) =>
        platform.Watching.UntilAsync(
            Kinds.Environment, app.Team, app.In("staging"), what, item => item.Condition(condition).TextAt("reason") == reason);
}
