using System.Text;
using System.Text.Json.Nodes;
using Idp.Kubernetes.Model;
using Idp.Sandbox.StandIns;
using Idp.Sandbox.StandIns.ExternalSecrets;

namespace Idp.Sandbox.Tests.StandIns;

public sealed class ExternalSecretsReactorTest
{
    private readonly ExternalSecretsReactor _reactor = new();

    private readonly KubeObject _store = Given.Object(
        ForeignKinds.ClusterSecretStore, "{metadata: {name: platform, namespace: ''}, spec: {}}");

    private readonly KubeObject _subject = Given.Object(ForeignKinds.ExternalSecret, """
        metadata: {name: shop-secrets, generation: 3}
        spec:
          secretStoreRef: {name: platform, kind: ClusterSecretStore}
          target: {name: shop-secrets, creationPolicy: Owner}
          data:
            - {secretKey: STRIPE_KEY, remoteRef: {key: payments/stripe, property: apiKey}}
        """);

    [Fact]
    public void SyncsASecretWithMadeUpValuesThatItOwns()
    {
        var reaction = _reactor.React(_subject, Given.Moment(_store));

        reaction.Ready().Should().Be("True");
        reaction.Reason().Should().Be("SecretSynced");
        reaction.Status.TextAt("syncedResourceVersion").Should().StartWith("3-");
        reaction.Status.TextAt("refreshTime").Should().Be("2026-01-01T12:00:00Z");
        var secret = reaction.Makes.Should().ContainSingle().Subject.Body;
        secret.TextAt("metadata", "name").Should().Be("shop-secrets");
        secret.ObjectsAt("metadata", "ownerReferences").Single().TextAt("uid").Should().Be("uid-of-shop-secrets");
        secret.MembersAt("data").Select(member => member.Key).Should().Equal("STRIPE_KEY");
    }

    [Fact]
    public void TemplateDecidesTypeLabelsAndKeys()
    {
        var subject = Given.Object(ForeignKinds.ExternalSecret, """
            metadata: {name: argo, generation: 1}
            spec:
              secretStoreRef: {name: platform, kind: ClusterSecretStore}
              target:
                name: argo
                template:
                  type: kubernetes.io/dockerconfigjson
                  metadata: {labels: {kind: repo-creds}}
                  data: {url: "https://github.com/acme/", key: "{{ .secret }}", .dockerconfigjson: "{{ .secret }}"}
              data: [{secretKey: secret, remoteRef: {key: platform/argocd}}]
            """);

        var secret = _reactor.React(subject, Given.Moment(_store)).Makes[0].Body;
        var again = _reactor.React(subject, Given.Moment(_store, KubeObject.From(ForeignKinds.Secret, secret))).Makes[0].Body;

        secret.TextAt("type").Should().Be("kubernetes.io/dockerconfigjson");
        secret.TextAt("metadata", "labels", "kind").Should().Be("repo-creds");
        secret.MembersAt("data").Select(member => member.Key).Should().Equal("url", "key", ".dockerconfigjson");
        Plain(secret, "url").Should().Be("https://github.com/acme/");
        Plain(secret, "key").Should().StartWith("fake-");
        JsonNode.Parse(Plain(secret, ".dockerconfigjson")).At("auths").Should().NotBeNull();
        again["data"]!.ToJsonString().Should().Be(secret["data"]!.ToJsonString());

        static string Plain(JsonObject secret, string key) =>
            Encoding.UTF8.GetString(Convert.FromBase64String(secret.TextAt("data", key)!));
    }

    [Fact]
    public void KeepsTheValuesThatTheSecretHas()
    {
        var first = _reactor.React(_subject, Given.Moment(_store)).Makes[0].Body;
        var secret = KubeObject.From(ForeignKinds.Secret, first);

        var again = _reactor.React(_subject, Given.Moment(_store, secret)).Makes[0].Body;

        again["data"]!.ToJsonString().Should().Be(first["data"]!.ToJsonString());
    }

    [Fact]
    public void SaysTheSameAgainWhenNothingChanged()
    {
        var first = _reactor.React(_subject, Given.Moment(_store)).Status;

        var later = Given.Moment(_store) with { Now = Given.Noon.AddHours(1) };
        var again = _reactor.React(_subject.With(first), later).Status;

        again!.ToJsonString().Should().Be(first!.ToJsonString());
    }

    [Fact]
    public void AMissingRemoteKeyIsAnErrorAndKeepsWhatWasSynced()
    {
        var synced = _reactor.React(_subject, Given.Moment(_store)).Status;
        var faults = new Faults();
        faults.LoseRemoteKey("payments/stripe");

        var reaction = _reactor.React(_subject.With(synced), Given.Moment(_store) with { Faults = faults });

        reaction.Ready().Should().Be("False");
        reaction.Reason().Should().Be("SecretSyncedError");
        reaction.Makes.Should().BeEmpty();
        reaction.Status.TextAt("syncedResourceVersion").Should().Be(synced.TextAt("syncedResourceVersion"));
    }

    [Fact]
    public void AMissingStoreIsAnError() =>
        _reactor.React(_subject, Given.Moment()).Reason().Should().Be("SecretSyncedError");

    [Fact]
    public void WaitsAsLongAsItIsToldTo()
    {
        var moment = Given.Moment(_store) with { Delay = TimeSpan.FromSeconds(2), Now = Given.Noon.AddSeconds(0.5) };

        var reaction = _reactor.React(_subject, moment);

        reaction.Status.Should().BeNull();
        reaction.LookAgain.Should().Be(TimeSpan.FromSeconds(1.5));
    }

    [Fact]
    public void NoValueReachesTheStatus()
    {
        var moment = Given.Moment(_store) with { RandomValue = () => "s3cret" };

        _reactor.React(_subject, moment).Status!.ToJsonString().Should().NotContain("s3cret");
    }
}
