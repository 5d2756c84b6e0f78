using System.Text.Json.Nodes;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;
using Idp.Kubernetes.Tests.ControlPlane;

namespace Idp.Kubernetes.Tests.Client;

/// <summary>Who the server is, is proven before a word is said to it. Real connections.</summary>
[Collection(ControlPlaneCollection.Name)]
public sealed class ServerTrustTest(ControlPlaneFixture controlPlane) : IDisposable
{
    private readonly KubeconfigFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task AuthorityOfTheCluster_IsTheOnlyOneThatCounts()
    {
        using var stranger = new TestAuthority("stranger");
        var wrong = controlPlane.Kubeconfig();
        wrong["clusters"]![0]!["cluster"]!["certificate-authority-data"] = KubeconfigFolder.Base64(stranger.Pem);

        (await NamespaceIn(KubeConfig.Load(controlPlane.KubeconfigPath))()).Key.Name.Should().Be("default");
        await NamespaceIn(_folder.Load(wrong)).Should().ThrowAsync<UnavailableException>();
    }

    /// <summary>As kubectl, and unlike the package's own check, which looks at the chain alone where the authority is a private one.</summary>
    [Fact]
    public async Task CertificateOfTheRightAuthority_ForAnotherName_IsRefused()
    {
        await using var server = await ScriptedServer.StartAsync(null, "somebody.else");
        using var client = _folder.Client(server, new JsonObject { ["token"] = "t" });

        var refused = await client.Awaiting(Ask).Should().ThrowAsync<UnavailableException>();

        refused.Which.Message.Should().Contain("RemoteCertificateNameMismatch");
        server.Requests.Should().BeEmpty("the token is not for everybody whom the authority knows");
    }

    /// <summary>While one authority takes the place of another, both are in the file.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task EachOfSeveralAuthorities_IsTrusted(bool fromFile)
    {
        using var old = new TestAuthority("old");
        await using var server = await ScriptedServer.StartAsync();
        var cluster = server.Cluster;
        cluster["certificate-authority-data"] = fromFile ? null : KubeconfigFolder.Base64(old.Pem + "\n" + server.Authority);
        cluster["certificate-authority"] = _folder.Write("ca.crt", (fromFile ? old.Pem + "\n" + server.Authority : old.Pem), relative: true);
        using var client = KubeClient.Create(_folder.Load(KubeconfigFolder.Tree(new JsonObject { ["token"] = "t" }, cluster)));

        await Ask(client);

        server.Requests.Should().ContainSingle();
    }

    [Theory]
    [InlineData("some.name", true)]
    [InlineData("another.name", false)]
    [InlineData(null, false)]
    public async Task TlsServerName_TakesThePlaceOfTheAddress(string? name, bool isTaken)
    {
        await using var server = await ScriptedServer.StartAsync(null, "some.name");
        var cluster = server.Cluster;
        cluster["tls-server-name"] = name;
        using var client = KubeClient.Create(_folder.Load(KubeconfigFolder.Tree(new JsonObject { ["token"] = "t" }, cluster)));

        await (isTaken ? client.Awaiting(Ask).Should().NotThrowAsync() : (Task)client.Awaiting(Ask).Should().ThrowAsync<UnavailableException>());

        server.Requests.Select(asked => asked.Host).Should().Equal(isTaken ? ["some.name"] : []);
    }

    [Fact]
    public async Task ServerThatIsNotToBeChecked_IsNot()
    {
        await using var server = await ScriptedServer.StartAsync(null, "somebody.else");
        var cluster = new JsonObject { ["server"] = server.Address.OriginalString, ["insecure-skip-tls-verify"] = true };
        using var client = KubeClient.Create(_folder.Load(KubeconfigFolder.Tree(new JsonObject { ["token"] = "t" }, cluster)));

        await Ask(client);

        server.Requests.Should().ContainSingle().Which.Authorization.Should().Be("Bearer t");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ClientCertificate_IsShownToTheServer(bool fromFiles)
    {
        using var authority = new TestAuthority();
        using var mine = authority.Issue("me");
        await using var server = await ScriptedServer.StartAsync();
        using var client = _folder.Client(server, _folder.User(mine, fromFiles));

        await Ask(client);

        server.Requests.Should().ContainSingle().Which.Certificate.Should().Be("CN=me");
    }

    private static Task Ask(KubeClient client) => client.GetAsync(WellKnownKinds.ConfigMap, new ObjectKey("x", "y"), CancellationToken.None);

    private static Func<Task<KubeObject>> NamespaceIn(KubeConfig config) => async () =>
    {
        using var client = KubeClient.Create(config);
        return await client.GetAsync(WellKnownKinds.Namespace, new ObjectKey("", "default"), CancellationToken.None);
    };
}
