using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Idp.Kubernetes.Tests.Client;

/// <summary>How requests travel. Real connections.</summary>
public sealed class PipelineTest : IDisposable
{
    private static readonly ObjectKey Key = new("x", "y");
    private readonly KubeconfigFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ManyRequests_ShareOneConnection()
    {
        var all = new TaskCompletionSource();
        var waiting = 0;
        await using var server = await ScriptedServer.StartAsync(async context =>
        {
            if (Interlocked.Increment(ref waiting) == 8)
            {
                all.SetResult();
            }

            await all.Task.WaitAsync(ManualTime.Patience, context.RequestAborted);
            await context.Response.WriteAsync("""{"metadata":{"name":"a"}}""");
        });
        using var client = Client(server, new KubeClientSettings { UserAgent = "tests" });

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => AskAsync(client)));

        server.Requests.Should().HaveCount(8).And.OnlyContain(asked => asked.Protocol == "HTTP/2" && asked.UserAgent == "tests" && asked.AcceptEncoding == "");
        server.Requests.Select(asked => asked.Connection).Distinct().Should().ContainSingle();
    }

    [Fact]
    public async Task EventsOfAWatch_ComeWhenTheyAreSent()
    {
        using var read = new SemaphoreSlim(0);
        await using var server = await ScriptedServer.StartAsync(async context =>
        {
            for (var version = 1; version <= 3; version++)
            {
                await context.Response.WriteAsync($$$$"""{"type":"MODIFIED","object":{"metadata":{"name":"a","resourceVersion":"{{{{version}}}}"}}}""" + "\n");
                await context.Response.Body.FlushAsync();
                (await read.WaitAsync(ManualTime.Patience)).Should().BeTrue();
            }
        });
        using var client = Client(server);
        await using var stream = await WatchAsync(client);

        var seen = new List<string>();
        await foreach (var happened in stream)
        {
            seen.Add(happened.ResourceVersion);
            read.Release();
        }

        seen.Should().Equal("1", "2", "3");
    }

    [Fact]
    public async Task Redirect_IsNotFollowed_WithOurToken()
    {
        await using var other = await ScriptedServer.StartAsync();
        await using var server = await ScriptedServer.StartAsync(context =>
        {
            context.Response.Redirect(other.Address.AbsoluteUri);
            return Task.CompletedTask;
        });
        using var client = Client(server);

        await client.Awaiting(AskAsync).Should().ThrowAsync<KubeException>();

        server.Requests.Should().ContainSingle();
        other.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task ServerThatIsBusy_SaysForHowLong()
    {
        await using var server = await ScriptedServer.StartAsync(context =>
        {
            context.Response.StatusCode = 429;
            context.Response.Headers.RetryAfter = "7";
            return Task.CompletedTask;
        });
        using var client = Client(server);

        (await client.Awaiting(AskAsync).Should().ThrowAsync<TooManyRequestsException>()).Which.RetryAfter.Should().Be(TimeSpan.FromSeconds(7));
        server.Requests.Should().ContainSingle("nothing is tried again here");
    }

    [Fact]
    public async Task WhoMayNotWrite_OnlyReads_AndWhoHangsUp_IsGone()
    {
        var gone = new TaskCompletionSource();
        var mayWrite = true;
        var fence = new WriteFence(() => mayWrite);
        await using var server = await ScriptedServer.StartAsync(async context =>
        {
            if (context.Request.Query.ContainsKey("watch"))
            {
                context.RequestAborted.Register(() => gone.TrySetResult());
                await context.Response.Body.FlushAsync();
                await gone.Task.WaitAsync(ManualTime.Patience);
            }

            await context.Response.WriteAsync("""{"metadata":{"name":"a"}}""");
        });
        using var client = Client(server, new KubeClientSettings { Fence = fence });
        var write = () => client.PatchAsync(WellKnownKinds.ConfigMap, Key, new JsonPatch().Remove("/data"), CancellationToken.None);
        await write();
        mayWrite = false;

        await write.Should().ThrowAsync<UnavailableException>();
        await AskAsync(client);
        await using var stream = await WatchAsync(client);
        fence.HangUp();

        await gone.Task.WaitAsync(ManualTime.Patience);
        server.Requests.Should().HaveCount(3, "one write, one read and a watch");
    }

    [Fact]
    public async Task DisposedClient_HangsUp()
    {
        var gone = new TaskCompletionSource();
        await using var server = await ScriptedServer.StartAsync(context =>
        {
            context.Features.GetRequiredFeature<IConnectionLifetimeFeature>().ConnectionClosed.Register(() => gone.TrySetResult());
            return context.Response.WriteAsync("""{"metadata":{"name":"a"}}""");
        });
        var client = Client(server);
        await AskAsync(client);
        gone.Task.IsCompleted.Should().BeFalse();

        client.Dispose();

        await gone.Task.WaitAsync(ManualTime.Patience);
    }

    [Fact]
    public async Task Proxy_OfTheCluster_IsGoneThrough()
    {
        using var proxy = new TcpListener(IPAddress.Loopback, 0);
        proxy.Start();
        var cluster = new JsonObject { ["server"] = "https://cluster.test:6443", ["proxy-url"] = $"http://{proxy.LocalEndpoint}" };
        using var client = KubeClient.Create(_folder.Load(KubeconfigFolder.Tree(new JsonObject { ["token"] = "s3cret" }, cluster)));
        var asking = AskAsync(client);

        string? asked;
        using (var connection = await proxy.AcceptTcpClientAsync())
        using (var lines = new StreamReader(connection.GetStream()))
        {
            asked = await lines.ReadLineAsync();
        }

        asked.Should().Be("CONNECT cluster.test:6443 HTTP/1.1");
        await asking.Awaiting(task => task).Should().ThrowAsync<UnavailableException>();
    }

    private static Task AskAsync(KubeClient client) => client.GetAsync(WellKnownKinds.ConfigMap, Key, CancellationToken.None);

    private static Task<WatchStream> WatchAsync(KubeClient client) =>
        client.WatchAsync(WellKnownKinds.ConfigMap, new WatchOptions { ResourceVersion = "1" }, CancellationToken.None);

    private KubeClient Client(ScriptedServer server, KubeClientSettings? settings = null) => _folder.Client(server, new JsonObject { ["token"] = "t" }, settings);
}
