using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;
using Idp.Kubernetes.Tests.ControlPlane;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging;

namespace Idp.Kubernetes.Tests.Client;

[Collection(ControlPlaneCollection.Name)]
[SuppressMessage("Security", "CA5359", Justification = "The test's server takes any client certificate, to see which it is.")]
public sealed class KubeConfigTest(ControlPlaneFixture controlPlane) : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("kubeconfig-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void CurrentContext_IsTaken_OrTheOneThatIsNamed()
    {
        var tree = Tree(user: new JsonObject { ["token"] = "t" });

        KubeConfig.FromKubeconfig(tree, _directory).Server.Should().Be(new Uri("https://one.test:6443"));
        KubeConfig.FromKubeconfig(tree, _directory).Namespace.Should().Be("team");
        KubeConfig.FromKubeconfig(tree, _directory, "two").Server.Should().Be(new Uri("https://two.test"));
        KubeConfig.FromKubeconfig(tree, _directory, "two").Namespace.Should().Be("default");
    }

    [Fact]
    public void OfSeveralFiles_TheFirstEntryOfANameCounts()
    {
        var reader = new KubeconfigReader();
        reader.Add(new JsonObject { ["clusters"] = new JsonArray(Named("one", "cluster", new JsonObject { ["server"] = "https://first.test" })) }, _directory);
        reader.Add(Tree(user: new JsonObject { ["token"] = "t" }), _directory);

        reader.Build(null).Server.Should().Be(new Uri("https://first.test"));
    }

    [Fact]
    public void JsonFile_NeedsNoYamlReader_AndYamlIsReadByTheCallers()
    {
        var json = Path.Combine(_directory, "config.json");
        var yaml = Path.Combine(_directory, "config.yaml");
        File.WriteAllText(json, Tree(user: new JsonObject { ["token"] = "t" }).ToJsonString());
        File.WriteAllText(yaml, "current-context: two");

        KubeConfig.Load(_ => throw new InvalidOperationException(), json).Server.Host.Should().Be("one.test");
        KubeConfig.Load(_ => Tree(user: []), yaml, "two").Server.Host.Should().Be("two.test");
    }

    [Fact]
    public void NoCredential_IsEverPrinted()
    {
        var config = KubeConfig.FromKubeconfig(Tree(user: new JsonObject { ["token"] = "s3cret" }), _directory);

        config.ToString().Should().Be("https://one.test:6443/");
    }

    [Theory]
    [InlineData("""{"as":"admin"}""", "as")]
    [InlineData("""{"auth-provider":{"name":"gcp"}}""", "auth-provider")]
    [InlineData("""{"username":"me"}""", "username")]
    [InlineData("""{"client-certificate-data":"c2VjcmV0"}""", "client-key")]
    [InlineData("""{"client-certificate-data":"%%s3cret","client-key-data":"%%s3cret"}""", "client-certificate")]
    [InlineData("""{"client-certificate":"nowhere.pem","client-key":"nowhere.pem"}""", "client-certificate")]
    [InlineData("""{"exec":{"apiVersion":"client.authentication.k8s.io/v1alpha1","command":"x"}}""", "v1alpha1")]
    [InlineData("""{"exec":{"apiVersion":"client.authentication.k8s.io/v1","command":"x","interactiveMode":"Always"}}""", "interactiveMode")]
    [InlineData("""{"exec":{"apiVersion":"client.authentication.k8s.io/v1"}}""", "command")]
    public void WhatCannotBeUsed_IsRefusedByName_WithoutItsContent(string user, string named)
    {
        var reading = () => KubeConfig.FromKubeconfig(Tree(JsonNode.Parse(user)!.AsObject()), _directory);

        reading.Should().Throw<KubeConfigException>().Which.Message.Should().Contain(named).And.NotContain("s3cret");
    }

    [Fact]
    public void MissingPieces_AreNamed()
    {
        var nothing = () => KubeConfig.FromKubeconfig(new JsonObject(), _directory);
        var noContext = () => KubeConfig.FromKubeconfig(Tree([]), _directory, "three");
        var noFile = () => KubeConfig.Load(_ => null, Path.Combine(_directory, "none"));

        nothing.Should().Throw<KubeConfigException>().WithMessage("*current-context*");
        noContext.Should().Throw<KubeConfigException>().WithMessage("*'three'*contexts*");
        noFile.Should().Throw<KubeConfigException>();
    }

    [Fact]
    public async Task TokenFile_IsReadAgain_WhenItsTimeHasCome()
    {
        var file = Path.Combine(_directory, "token");
        await File.WriteAllTextAsync(file, "one\n");
        var time = new ManualTime();
        var credential = new TokenFileCredential(file, Credential.None);

        (await credential.GetAsync(time, default)).Token.Should().Be("one");
        await File.WriteAllTextAsync(file, "two");
        (await credential.GetAsync(time, default)).Token.Should().Be("one");
        time.Advance(TimeSpan.FromSeconds(10));
        (await credential.GetAsync(time, default)).Token.Should().Be("two");
    }

    [Fact]
    public async Task RefusedToken_IsReadAgainAtOnce()
    {
        var file = Path.Combine(_directory, "token");
        await File.WriteAllTextAsync(file, "old");
        var asked = new List<string?>();
        var server = new Intercept(new HttpClientHandler(), async (request, cancellationToken) =>
        {
            asked.Add(request.Headers.Authorization?.Parameter);
            await File.WriteAllTextAsync(file, "new", cancellationToken);
            return new HttpResponseMessage(asked.Count == 1 ? HttpStatusCode.Unauthorized : HttpStatusCode.OK);
        });
        using var client = new HttpClient(new CredentialHandler(new TokenFileCredential(file, Credential.None), TimeProvider.System) { InnerHandler = server });

        using var answer = await client.GetAsync(new Uri("http://server.test"));

        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        asked.Should().Equal("old", "new");
    }

    [Fact]
    public async Task ExecPlugin_IsAskedAgainOnlyWhenItsCredentialRunsOut()
    {
        var time = new ManualTime();
        var calls = Path.Combine(_directory, "calls");
        var credential = Exec(
            $$$"""
            echo "$KUBERNETES_EXEC_INFO" >> '{{{calls}}}'
            printf '{"apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential","status":{"token":"%s-%s","expirationTimestamp":"2026-01-01T01:00:00Z"}}' "$1" "$EXTRA"
            """);

        (await credential.GetAsync(time, default)).Token.Should().Be("argument-value");
        time.Advance(TimeSpan.FromMinutes(57));
        await credential.GetAsync(time, default);
        (await File.ReadAllLinesAsync(calls)).Should().HaveCount(1);
        time.Advance(TimeSpan.FromMinutes(2));
        await credential.GetAsync(time, default);

        var info = JsonNode.Parse((await File.ReadAllLinesAsync(calls))[1])!;
        ((bool?)info["spec"]!["interactive"]).Should().BeFalse();
        ((string?)info["spec"]!["cluster"]!["server"]).Should().Be("https://one.test:6443");
    }

    [Theory]
    [InlineData("exit 3", "exit code 3")]
    [InlineData("echo s3cret", "no ExecCredential")]
    [InlineData("yes s3cret", "prints more than 1024 KiB")]
    [InlineData("echo '{\"status\":{}}'", "neither a token nor a certificate")]
    public async Task BrokenExecPlugin_IsSaid_WithoutWhatItPrinted(string script, string expected)
    {
        var time = new ManualTime();
        var credential = Exec(script);

        var asking = async () => await credential.GetAsync(time, default);

        (await asking.Should().ThrowAsync<KubeConfigException>()).Which.Message.Should().Contain(expected).And.NotContain("s3cret");
    }

    [Fact]
    public async Task AuthorityOfTheCluster_IsTheOnlyOneThatCounts()
    {
        var right = KubeConfig.Load(Read, controlPlane.KubeconfigPath);
        using var stranger = NewCertificate("CN=stranger");
        var wrong = controlPlane.Kubeconfig();
        wrong["clusters"]![0]!["cluster"]!["certificate-authority-data"] = Base64(stranger.ExportCertificatePem());

        (await VersionOf(right)()).Major.Should().Be(1);
        await VersionOf(KubeConfig.FromKubeconfig(wrong, _directory)).Should().ThrowAsync<UnavailableException>();
    }

    [Fact]
    public async Task NameOfTheServer_IsCheckedToo_UnlessToldToSkip()
    {
        var tree = controlPlane.Kubeconfig();
        var cluster = tree["clusters"]![0]!["cluster"]!;
        cluster["tls-server-name"] = "kubernetes.default.svc";
        (await VersionOf(KubeConfig.FromKubeconfig(tree, _directory))()).Major.Should().Be(1);

        cluster["tls-server-name"] = "somebody.else";
        await VersionOf(KubeConfig.FromKubeconfig(tree, _directory)).Should().ThrowAsync<UnavailableException>();

        cluster["insecure-skip-tls-verify"] = true;
        (await VersionOf(KubeConfig.FromKubeconfig(tree, _directory))()).Major.Should().Be(1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ClientCertificate_IsShownToTheServer(bool fromFiles)
    {
        using var server = NewCertificate("CN=localhost");
        using var mine = NewCertificate("CN=me");
        await using var app = await ServeAsync(server);
        var user = Certificate(mine, fromFiles);
        var tree = Tree(user);
        tree["clusters"]![0]!["cluster"] = new JsonObject
        {
            ["server"] = app.Urls.First(),
            ["certificate-authority-data"] = Base64(server.ExportCertificatePem()),
        };

        using var client = KubeClient.Create(KubeConfig.FromKubeconfig(tree, _directory));
        var refused = await client.Awaiting(asked => asked.GetAsync(WellKnownKinds.ConfigMap, new ObjectKey("x", "y"), default))
            .Should().ThrowAsync<ForbiddenException>();

        refused.Which.Message.Should().Contain("CN=me");
    }

    [Fact]
    public void PodAccount_IsReadFromItsFolder()
    {
        using var authority = NewCertificate("CN=ca");
        File.WriteAllText(Path.Combine(_directory, "ca.crt"), authority.ExportCertificatePem());
        File.WriteAllText(Path.Combine(_directory, "namespace"), "platform\n");
        File.WriteAllText(Path.Combine(_directory, "token"), "t");

        InClusterAccount.Read("10.0.0.1", "443", _directory).Server.Should().Be(new Uri("https://10.0.0.1:443"));
        InClusterAccount.Read("fd00::1", null, _directory).Server.Should().Be(new Uri("https://[fd00::1]:443"));
        InClusterAccount.Read("10.0.0.1", "443", _directory).Namespace.Should().Be("platform");
        FluentActions.Invoking(() => InClusterAccount.Read(null, null, _directory)).Should().Throw<KubeConfigException>();
    }

    private static JsonNode? Read(string text) => Sandbox.ControlPlane.ControlPlane.ReadYaml(text);

    private static Func<Task<ServerVersion>> VersionOf(KubeConfig config) => async () =>
    {
        using var client = KubeClient.Create(config);
        return await client.GetVersionAsync(CancellationToken.None);
    };

    private static async Task<WebApplication> ServeAsync(X509Certificate2 certificate)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(https =>
        {
            https.ServerCertificate = certificate;
            https.ClientCertificateMode = ClientCertificateMode.RequireCertificate;
            https.ClientCertificateValidation = (_, _, _) => true;
        })));
        var app = builder.Build();
        app.Run(async context =>
        {
            var subject = (await context.Connection.GetClientCertificateAsync())?.Subject;
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            await context.Response.WriteAsync(new JsonObject { ["code"] = 403, ["message"] = subject }.ToJsonString());
        });
        await app.StartAsync();
        return app;
    }

    private static X509Certificate2 NewCertificate(string subject)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request.CreateSelfSigned(DateTimeOffset.UnixEpoch.AddYears(50), DateTimeOffset.UnixEpoch.AddYears(100));
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.ASCII.GetBytes(text));

    private static JsonObject Named(string name, string member, JsonObject value) => new() { ["name"] = name, [member] = value };

    private static JsonObject Tree(JsonObject user) => new()
    {
        ["current-context"] = "one",
        ["clusters"] = new JsonArray(
            Named("one", "cluster", new JsonObject { ["server"] = "https://one.test:6443" }),
            Named("two", "cluster", new JsonObject { ["server"] = "https://two.test" })),
        ["users"] = new JsonArray(Named("me", "user", user)),
        ["contexts"] = new JsonArray(
            Named("one", "context", new JsonObject { ["cluster"] = "one", ["user"] = "me", ["namespace"] = "team" }),
            Named("two", "context", new JsonObject { ["cluster"] = "two" })),
    };

    private JsonObject Certificate(X509Certificate2 certificate, bool asFiles)
    {
        var (pem, key) = (certificate.ExportCertificatePem(), certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        if (!asFiles)
        {
            return new JsonObject { ["client-certificate-data"] = Base64(pem), ["client-key-data"] = Base64(key) };
        }

        File.WriteAllText(Path.Combine(_directory, "me.crt"), pem);
        File.WriteAllText(Path.Combine(_directory, "me.key"), key);
        return new JsonObject { ["client-certificate"] = "me.crt", ["client-key"] = "me.key" };
    }

    private ExecCredential Exec(string script)
    {
        var path = Path.Combine(_directory, "plugin");
        File.WriteAllText(path, script + "\n");
        var exec = new JsonObject
        {
            ["apiVersion"] = "client.authentication.k8s.io/v1",
            ["command"] = "sh",
            ["args"] = new JsonArray(path, "argument"),
            ["env"] = new JsonArray(new JsonObject { ["name"] = "EXTRA", ["value"] = "value" }),
            ["provideClusterInfo"] = true,
        };
        var cluster = new KubeconfigEntry("cluster", new JsonObject { ["server"] = "https://one.test:6443" }, _directory);
        return new ExecCredential(ExecPlugin.From(new KubeconfigEntry("user", exec, _directory), cluster));
    }
}
