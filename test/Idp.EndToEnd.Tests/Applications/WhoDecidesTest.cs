namespace Idp.EndToEnd.Tests.Applications;

/// <summary>What the manifest sets wins over the repository at once; what it does not set is the repository's.</summary>
[Collection(SharedWorld.Name)]
public sealed class WhoDecidesTest(Platform platform)
{
    [Fact]
    public async Task WhatTheManifestSetsIsInTheDeployment()
    {
        var app = await platform.ShowcaseAsync();

        var staging = await DeploymentOf(app, "staging");
        var production = await DeploymentOf(app, "production");

        ContainerOf(staging).TextAt("image").Should().Be("ghcr.io/acme/payment-service:1.4.2");
        ContainerOf(production).TextAt("image").Should().Be("ghcr.io/acme/payment-service:1.4.2");
        staging.NumberAt(0, "spec", "replicas").Should().Be(1);
        production.NumberAt(0, "spec", "replicas").Should().Be(3);
        JsonNode.DeepEquals(
            ContainerOf(staging)["resources"],
            JsonNode.Parse("""{"limits": {"memory": "256Mi"}, "requests": {"cpu": "100m", "memory": "128Mi"}}""")).Should().BeTrue();
        Variable(staging, "LOG_LEVEL").TextAt("value").Should().Be("info");
        Variable(production, "LOG_LEVEL").TextAt("value").Should().Be("warning");
        SecretOf(staging, "STRIPE_KEY").Should().Be("payment-service-secrets/STRIPE_KEY");
        SecretOf(staging, "DATABASE_URL").Should().Be("payment-service-db-app/uri");
        (await HostOf(app, "production")).Should().Be("pay.acme.dev");
        (await HostOf(app, "staging")).Should().Be("payment-service-staging.apps.acme.dev");
    }

    [Fact]
    public async Task WhatTheManifestDoesNotSetIsTheRepositorys()
    {
        var app = await platform.NewAppAsync("plain");
        await app.MakeAsync(Specs.Empty);

        var staging = await DeploymentOf(app, "staging");
        var production = await DeploymentOf(app, "production");

        staging.NumberAt(0, "spec", "replicas").Should().Be(1);
        production.NumberAt(0, "spec", "replicas").Should().Be(2, "that is what the golden path writes for a stage of production");
        ContainerOf(staging).TextAt("image").Should().Be("ghcr.io/acme/plain:latest");
        ContainerOf(staging).ObjectsAt("env").Select(variable => variable.TextAt("name")).Should().Equal("SHUTDOWN_DELAY_SECONDS", "SHUTDOWN_TIMEOUT_SECONDS");
        (await HostOf(app, "production")).Should().Be("plain-production.apps.acme.dev");
        (await platform.GetAsync(ForeignKinds.Application, "argocd", "plain-staging")).At("spec", "source", "kustomize")!.ToJsonString()
            .Should().Be("""{"namespace":"plain-staging"}""");
    }

    [Fact]
    public async Task AnEditTakesEffectWithoutACommitAndARemovedFieldIsTheRepositorysAgain()
    {
        var app = await platform.NewAppAsync("edited");
        await app.MakeAsync(Specs.Small);
        var before = ContainerOf(await DeploymentOf(app, "staging"));
        var commits = await platform.GitHub.CommitsAsync("edited");

        await app.MakeAsync("""
            image: ghcr.io/acme/edited@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
            replicas: 4
            env: [{name: GREETING, value: hello}]
            resources: {requests: {cpu: 250m}}
            environments: [{name: staging, host: edited.shop.acme.dev}]
            """);
        var edited = await DeploymentOf(app, "staging");
        var host = await HostOf(app, "staging");
        await app.MakeAsync(Specs.Small);
        var restored = await DeploymentOf(app, "staging");

        ContainerOf(edited).TextAt("image").Should().StartWith("ghcr.io/acme/edited@sha256:0123456789abcdef");
        edited.NumberAt(0, "spec", "replicas").Should().Be(4);
        Variable(edited, "GREETING").TextAt("value").Should().Be("hello");
        ContainerOf(edited).TextAt("resources", "requests", "cpu").Should().Be("250m");
        ContainerOf(edited).TextAt("resources", "limits", "memory").Should().Be("256Mi", "the manifest does not speak of it");
        host.Should().Be("edited.shop.acme.dev");
        ContainerOf(restored).ToJsonString().Should().Be(before.ToJsonString());
        restored.NumberAt(0, "spec", "replicas").Should().Be(1);
        (await HostOf(app, "staging")).Should().Be("edited-staging.apps.acme.dev");
        (await platform.GitHub.CommitsAsync("edited")).Should().Equal(commits);
    }

    [Fact]
    public async Task APushByTheTeamIsDeployedAndStaysTheTeams()
    {
        var app = await platform.NewAppAsync("pushed");
        await app.MakeAsync("""
            replicas: 2
            environments: [{name: staging}]
            """);
        var folder = await platform.GitHub.CloneAsync("pushed");
        var file = Path.Combine(folder, "deploy", "base", "deployment.yaml");
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file)).Replace("cpu: 100m", "cpu: 150m", StringComparison.Ordinal));

        await platform.GitHub.PushAsync(folder, "Ask for more");

        var deployment = await platform.Watching.UntilAsync(
            ForeignKinds.Deployment, "pushed-staging", "pushed", "deployed anew",
            item => ContainerOf(item).TextAt("resources", "requests", "cpu") == "150m");
        deployment.NumberAt(0, "spec", "replicas").Should().Be(2);
        var head = (await platform.GitHub.CommitsAsync("pushed"))[0];
        var settled = await app.UntilAsync(
            "ready with the team's commit",
            item => item.Is(Entities.Conditions.Ready) && item.ObjectsAt("status", "environments").First().TextAt("revision") == head);
        settled.TextAt("status", "repository", "commit").Should().NotBe(head, "it names the golden path's commit");
        (await platform.GitHub.CommitsAsync("pushed")).Should().HaveCount(2, "the operator commits only once");
    }

    private Task<JsonObject> DeploymentOf(TestApp app, string environment) =>
        platform.GetAsync(ForeignKinds.Deployment, app.In(environment), app.Name);

    private async Task<string?> HostOf(TestApp app, string environment)
    {
        var ingress = await platform.GetAsync(ForeignKinds.Ingress, app.In(environment), app.Name);
        return ingress.ObjectsAt("spec", "rules").Single().TextAt("host");
    }

    private static JsonObject ContainerOf(JsonObject deployment) =>
        deployment.ObjectsAt("spec", "template", "spec", "containers").Single();

    private static string SecretOf(JsonObject deployment, string variable)
    {
        var reference = Variable(deployment, variable).At("valueFrom", "secretKeyRef");
        return $"{reference.TextAt("name")}/{reference.TextAt("key")}";
    }

    private static JsonObject Variable(JsonObject deployment, string name) =>
        ContainerOf(deployment).ObjectsAt("env").Single(variable => variable.TextAt("name") == name);
}
