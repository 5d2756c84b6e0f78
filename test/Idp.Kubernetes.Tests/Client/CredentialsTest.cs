using System.Text.Json.Nodes;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;

namespace Idp.Kubernetes.Tests.Client;

/// <summary>Who we are is said to the server, and said anew when it changes. Real connections.</summary>
public sealed class CredentialsTest : IDisposable
{
    private readonly KubeconfigFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("""{"token":"t"}""", "Bearer t")]
    [InlineData("""{"username":"me","password":"p"}""", "Basic bWU6cA==")]
    [InlineData("""{"token":"t","username":"me","password":"p"}""", "Bearer t")]
    public async Task CredentialOfTheFile_GoesWithEveryRequest(string user, string expected)
    {
        await using var server = await ScriptedServer.StartAsync();
        using var client = _folder.Client(server, JsonNode.Parse(user)!.AsObject());

        await AskAsync(client);
        await AskAsync(client);

        server.Requests.Select(asked => asked.Authorization).Should().Equal(expected, expected);
    }

    [Fact]
    public async Task ContextWithoutAUser_SaysNothing()
    {
        await using var server = await ScriptedServer.StartAsync();
        var tree = KubeconfigFolder.Tree(new JsonObject { ["token"] = "t" }, server.Cluster);
        tree["contexts"]![0]!["context"]!.AsObject().Remove("user");
        using var client = KubeClient.Create(_folder.Load(tree));

        await AskAsync(client);

        server.Requests.Should().ContainSingle().Which.Authorization.Should().BeEmpty();
    }

    [Fact]
    public async Task TokenOfAFile_ThatIsRefused_IsReadAgainAtOnce()
    {
        var wanted = "Bearer one";
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Wants(() => wanted));
        _folder.Write("token", "one\n");
        using var client = _folder.Client(server, new JsonObject { ["tokenFile"] = "token" });
        await AskAsync(client);

        _folder.Write("token", "two\n");
        wanted = "Bearer two";
        await AskAsync(client);
        await AskAsync(client);

        server.Requests.Select(asked => asked.Authorization).Should().Equal("Bearer one", "Bearer one", "Bearer two", "Bearer two");
    }

    [Fact]
    public async Task WriteThatIsRefused_ArrivesWhole_OnceTheTokenIsRight()
    {
        var bodies = new List<string>();
        var wanted = "Bearer one";
        await using var server = await ScriptedServer.StartAsync(async context =>
        {
            using var body = new StreamReader(context.Request.Body);
            bodies.Add(await body.ReadToEndAsync());
            await ScriptedServer.Wants(() => wanted)(context);
        });
        _folder.Write("token", "one");
        using var client = _folder.Client(server, new JsonObject { ["tokenFile"] = "token" }, new KubeClientSettings { Fence = new WriteFence(() => true) });
        await client.GetAsync(WellKnownKinds.ConfigMap, new ObjectKey("x", "y"), CancellationToken.None);

        _folder.Write("token", "two");
        wanted = "Bearer two";
        await client.PatchAsync(WellKnownKinds.ConfigMap, new ObjectKey("x", "y"), new JsonPatch().Remove("/data"), CancellationToken.None);

        bodies.Should().HaveCount(3);
        bodies[1].Should().Contain("/data").And.Be(bodies[2]);
    }

    [Fact]
    public async Task TokenThatStaysTheSame_IsNotSentAgain_AndTheRefusalIsToldWhole()
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Wants(() => "nobody"));
        using var fixedToken = _folder.Client(server, new JsonObject { ["token"] = "s3cret" });
        _folder.Write("token", "s3cret");
        using var fromFile = _folder.Client(server, new JsonObject { ["tokenFile"] = "token" });

        foreach (var client in new[] { fixedToken, fromFile })
        {
            (await client.Awaiting(AskAsync).Should().ThrowAsync<UnauthorizedException>())
                .Which.Message.Should().Contain("who are you").And.NotContain("s3cret");
        }

        server.Requests.Should().HaveCount(2);
    }

    /// <summary>As client-go: a file that cannot be read now does not make us nobody.</summary>
    [Fact]
    public async Task TokenWhoseFileIsGone_IsKept()
    {
        var wanted = "Bearer one";
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Wants(() => wanted));
        var file = _folder.Write("token", "one");
        using var client = _folder.Client(server, new JsonObject { ["tokenFile"] = "token" });
        await AskAsync(client);

        File.Delete(file);
        wanted = "Bearer two";
        await client.Awaiting(AskAsync).Should().ThrowAsync<UnauthorizedException>();
        _folder.Write("token", "");
        await client.Awaiting(AskAsync).Should().ThrowAsync<UnauthorizedException>();
        _folder.Write("token", "two");
        await AskAsync(client);

        server.Requests.Select(asked => asked.Authorization).Should().Equal("Bearer one", "Bearer one", "Bearer one", "Bearer one", "Bearer two");
    }

    [Fact]
    public async Task TokenWhoseFileWasNeverRead_IsSaidWithItsPath()
    {
        await using var server = await ScriptedServer.StartAsync();
        var file = _folder.Write("token", "one");
        using var client = _folder.Client(server, new JsonObject { ["tokenFile"] = "token" });
        File.Delete(file);

        (await client.Awaiting(AskAsync).Should().ThrowAsync<KubeConfigException>()).Which.Message.Should().Contain(file);
    }

    private static Task AskAsync(KubeClient client) => client.GetAsync(WellKnownKinds.ConfigMap, new ObjectKey("x", "y"), CancellationToken.None);
}
