using System.Text.Json.Nodes;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;

namespace Idp.Kubernetes.Tests.Client;

/// <summary>Kubeconfigs are understood as kubectl understands them, and what is wrong with one is said.</summary>
public sealed class KubeConfigTest : IDisposable
{
    private readonly KubeconfigFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void CurrentContext_IsTaken_OrTheOneThatIsNamed()
    {
        var path = _folder.Write("config", KubeconfigFolder.Tree(Token("t")).ToJsonString());

        KubeConfig.Load(path).Server.Should().Be(new Uri("https://one.test:6443"));
        KubeConfig.Load(path).Namespace.Should().Be("team");
        KubeConfig.Load(path, "two").Server.Should().Be(new Uri("https://two.test"));
        KubeConfig.Load(path, "two").Namespace.Should().Be("default");
    }

    [Fact]
    public void NamesThatDifferInCase_AreTwo()
    {
        var tree = KubeconfigFolder.Tree(Token("t"));
        tree["contexts"]!.AsArray().Insert(0, KubeconfigFolder.Named("ONE", "context", new JsonObject { ["cluster"] = "two" }));

        _folder.Load(tree).Server.Host.Should().Be("one.test");
        _folder.Load(tree, "ONE").Server.Host.Should().Be("two.test");
    }

    [Fact]
    public void YamlOfEveryShape_IsRead()
    {
        var path = _folder.Write("config", """
            # Made by hand.
            apiVersion: v1
            kind: Config
            preferences: {}
            current-context: 'dev'
            clusters:
            - name: dev
              cluster: &dev
                server: "https://127.0.0.1:6443"
                extensions: [{name: tool, extension: {last-update: today}}]
            - {name: other, cluster: *dev}
            contexts:
            - {name: dev, context: {cluster: other, user: 007}}
            users:
            - name: 007
              user:
                token: 123456
            """);

        KubeConfig.Load(path).Server.Should().Be(new Uri("https://127.0.0.1:6443"));
    }

    [Fact]
    public void OfSeveralFiles_TheFirstEntryOfANameCounts_AndThoseThatAreMissingOrEmptyDoNot()
    {
        var first = _folder.Write("first", """{"current-context":"","contexts":[null],"users":null,"clusters":[{"name":"one","cluster":{"server":"https://first.test"}}]}""");
        var second = _folder.Write("second", KubeconfigFolder.Tree(Token("t")).ToJsonString());

        string[] paths = [Path.Combine(_folder.Path, "none"), _folder.Write("empty", ""), "", first, second];

        KubeconfigFiles.Read(paths, null).Server.Should().Be(new Uri("https://first.test"));
        KubeconfigFiles.Read(paths, "two").Server.Should().Be(new Uri("https://two.test"));
    }

    /// <summary>What is relative in a file is relative to that file, whichever came first.</summary>
    [Fact]
    public async Task PathsOfEachFile_AreRelativeToIt()
    {
        await using var server = await ScriptedServer.StartAsync();
        using var authority = new TestAuthority();
        using var mine = authority.Issue("me");
        var (certificate, key) = KubeconfigFolder.PemsOf(mine);
        _folder.Write("second/ca.crt", server.Authority);
        _folder.Write("third/me.crt", certificate);
        _folder.Write("third/me.key", key);
        var first = _folder.Write("first/config", """{"current-context":"one","contexts":[{"name":"one","context":{"cluster":"here","user":"me"}}]}""");
        var second = _folder.Write("second/config", $$$"""
            clusters:
            - {name: here, cluster: {server: "{{{server.Address.OriginalString}}}", certificate-authority: ca.crt}}
            """);
        var third = _folder.Write("third/config", """{"users":[{"name":"me","user":{"client-certificate":"me.crt","client-key":"me.key"}}]}""");
        using var client = KubeClient.Create(KubeconfigFiles.Read([first, second, third], null));

        await client.GetAsync(WellKnownKinds.ConfigMap, new ObjectKey("x", "y"), CancellationToken.None);

        server.Requests.Should().ContainSingle().Which.Certificate.Should().Be("CN=me");
    }

    [Fact]
    public void NoCredential_IsEverPrinted() => _folder.Load(KubeconfigFolder.Tree(Token("s3cret"))).ToString().Should().Be("https://one.test:6443/");

    [Theory]
    [InlineData("""{"token":"t","as":"admin"}""", "as")]
    [InlineData("""{"token":"t","as-uid":"1"}""", "as-uid")]
    [InlineData("""{"token":"t","as-groups":["system:masters"]}""", "as-groups")]
    [InlineData("""{"token":"t","as-user-extra":{"s3cret":"s3cret"}}""", "as-user-extra")]
    [InlineData("""{"auth-provider":{"name":"gcp"}}""", "auth-provider")]
    [InlineData("""{"username":"s3cret"}""", "me")]
    [InlineData("""{"token":"t","client-certificate-data":"c2VjcmV0"}""", "client-key")]
    [InlineData("""{"client-certificate-data":"%%s3cret","client-key-data":"%%s3cret"}""", "client-certificate")]
    [InlineData("""{"client-certificate-data":"c2VjcmV0","client-key-data":"c2VjcmV0"}""", "client-certificate")]
    [InlineData("""{"client-certificate":"nowhere.pem","client-key":"nowhere.pem"}""", "nowhere.pem")]
    [InlineData("""{"tokenFile":"nowhere"}""", "nowhere")]
    [InlineData("""{"exec":{"apiVersion":"client.authentication.k8s.io/v1alpha1","command":"x"}}""", "v1alpha1")]
    [InlineData("""{"exec":{"apiVersion":"client.authentication.k8s.io/v1","command":"x","interactiveMode":"Always"}}""", "interactiveMode")]
    [InlineData("""{"exec":{"apiVersion":"client.authentication.k8s.io/v1"}}""", "command")]
    public void UserThatCannotBeUsed_IsRefusedByName_WithoutItsContent(string user, string named) =>
        FluentActions.Invoking(() => _folder.Load(KubeconfigFolder.Tree(JsonNode.Parse(user)!.AsObject())))
            .Should().Throw<KubeConfigException>().Which.Message.Should().Contain(named).And.MatchRegex(@"\bme\b").And.NotContain("s3cret");

    [Theory]
    [InlineData("{}", "server")]
    [InlineData("""{"server":"localhost:6443"}""", "server")]
    [InlineData("""{"server":"https://one.test","certificate-authority-data":"%%"}""", "certificate-authority")]
    [InlineData("""{"server":"https://one.test","certificate-authority-data":"c2VjcmV0"}""", "certificate-authority")]
    [InlineData("""{"server":"https://one.test","certificate-authority":"nowhere.pem"}""", "nowhere.pem")]
    [InlineData("""{"server":"https://one.test","proxy-url":"nowhere"}""", "proxy-url")]
    public void ClusterThatCannotBeUsed_IsRefusedByName(string cluster, string named) =>
        FluentActions.Invoking(() => _folder.Load(KubeconfigFolder.Tree(Token("t"), JsonNode.Parse(cluster)!.AsObject())))
            .Should().Throw<KubeConfigException>().Which.Message.Should().Contain(named).And.Contain("'one'");

    [Fact]
    public void MissingPieces_AreNamed()
    {
        var tree = KubeconfigFolder.Tree(Token("t"));
        tree["contexts"]!.AsArray().Add(KubeconfigFolder.Named("lost", "context", new JsonObject { ["cluster"] = "one", ["user"] = "nobody" }));
        tree["contexts"]!.AsArray().Add(KubeconfigFolder.Named("nowhere", "context", new JsonObject { ["user"] = "me" }));

        Loading(new JsonObject()).Should().Throw<KubeConfigException>().WithMessage("*current-context*");
        Loading(tree, "three").Should().Throw<KubeConfigException>().WithMessage("*'three'*contexts*");
        Loading(tree, "nowhere").Should().Throw<KubeConfigException>().WithMessage("*clusters*");
        Loading(tree, "lost").Should().Throw<KubeConfigException>().WithMessage("*'nobody'*users*");
        FluentActions.Invoking(() => KubeConfig.Load(Path.Combine(_folder.Path, "none"))).Should().Throw<KubeConfigException>().WithMessage("*none*");
        FluentActions.Invoking(() => KubeconfigFiles.Read(["", Path.Combine(_folder.Path, "none")], null)).Should().Throw<KubeConfigException>();
    }

    [Theory]
    [InlineData("users:\n- name: me\n  user: [s3cret", "config:4:")]
    [InlineData("users: s3cret", "config:1:")]
    [InlineData("- s3cret", "config:1:")]
    [InlineData("clusters:\n- name: one\n  cluster: {server: https://one.test, insecure-skip-tls-verify: s3cret}", "config:3:")]
    public void FileThatIsNoKubeconfig_IsSaidWithItsPlace_WithoutItsContent(string text, string place) =>
        FluentActions.Invoking(() => KubeConfig.Load(_folder.Write("config", text)))
            .Should().Throw<KubeConfigException>().Which.ToString().Should().Contain(place).And.NotContain("s3cret");

    [Fact]
    public void FileWithoutAnEnd_IsRefused() =>
        FluentActions.Invoking(() => KubeConfig.Load("/dev/zero")).Should().Throw<KubeConfigException>().WithMessage("*larger than 1024 KiB*");

    private static JsonObject Token(string token) => new() { ["token"] = token };

    private Action Loading(JsonNode tree, string? context = null) => () => _folder.Load(tree, context);
}
