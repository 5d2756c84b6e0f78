using System.Net;
using System.Text.Json.Nodes;
using Idp.Testing.Proxy;

namespace Idp.Sandbox.Tests.Proxy;

/// <summary>What is promised of every proxy, whichever way its callers speak with it.</summary>
public abstract class FaultProxyTest(bool tls) : ProxyFixture(tls)
{
    [Fact]
    public async Task WithoutFaults_TheCallerSpeaksWithTheServer()
    {
        using var content = new StringContent("{\"a\": 1}", null, "application/apply-patch+yaml");
        using var response = await SendAsync(HttpMethod.Patch, "repos/a%2Fb/x?q=%20y&z=", content);

        response.StatusCode.Should().Be(HttpStatusCode.Created);
        response.Headers.GetValues("X-Kept").Should().Equal("yes");
        (await response.Content.ReadAsStringAsync(Token)).Should().Be(
            "PATCH /repos/a%2Fb/x?q=%20y&z= Bearer secret caller/1 application/apply-patch+yaml; charset=utf-8 {\"a\": 1}");
        var seen = Proxy.Requests.Should().ContainSingle().Subject;
        (seen.Number, seen.Method, seen.Path, seen.Query).Should().Be((1, "PATCH", "/repos/a%2Fb/x", "q=%20y&z="));
        (seen.UserAgent, seen.IsWrite, seen.IsWatch, seen.Status).Should().Be(("caller/1", true, false, 201));
        seen.ToString().Should().NotContain("secret");
    }

    [Fact]
    public async Task AWatchIsPassedOnEventByEvent()
    {
        using var watch = await WatchAsync();
        foreach (var line in new[] { "one", "two", new string('x', 1_400_000) })
        {
            Server.Send(line);
            (await watch.ReadLineAsync(Token)).Should().Be(line);
        }

        Server.Lines.Writer.Complete();
        (await watch.ReadLineAsync(Token)).Should().BeNull();
        (await Proxy.UntilAsync(0, request => request.IsOver, Token)).Status.Should().Be(200);
    }

    [Fact]
    public async Task AWatchIsCutInTheMiddleOfALine()
    {
        Proxy.Add(new ProxyFault { Watch = [WatchStep.Pass(1)] });
        using var watch = await WatchAsync();
        Server.Send("one");
        (await watch.ReadLineAsync(Token)).Should().Be("one");

        Proxy.Play(request => request.IsWatch, WatchStep.PassHalf, WatchStep.Reset);
        Server.Send("second");

        await FluentActions.Awaiting(() => watch.ReadToEndAsync(Token)).Should().ThrowAsync<IOException>();
        await Server.WatcherGone.WaitAsync(Token);
    }

    [Fact]
    public async Task AWatchEndsInGoodOrderAfterSomeBytes()
    {
        Proxy.Add(new ProxyFault { Watch = [WatchStep.PassBytes(2), WatchStep.End] });
        using var watch = await WatchAsync();
        Server.Send("one");

        (await watch.ReadToEndAsync(Token)).Should().Be("on");
    }

    [Fact]
    public async Task AWatchLivesForAWhile()
    {
        Proxy.Add(new ProxyFault { Watch = [WatchStep.PassFor(TimeSpan.FromSeconds(1)), WatchStep.End] });
        using var watch = await WatchAsync();
        Server.Send("one", "two");

        (await watch.ReadToEndAsync(Token)).Should().Be("one\ntwo\n");
    }

    [Fact]
    public async Task EventsArePutInDoubledAndThenTheWatchGoesOn()
    {
        using var watch = await WatchAsync();
        Server.Send("one");
        await watch.ReadLineAsync(Token);

        Proxy.Play(request => request.Resource == "others", WatchStep.End).Should().Be(0);
        Proxy.Play(
            request => request.Resource == "things",
            WatchStep.Send("BOOKMARK", new JsonObject { ["kind"] = "Thing" }),
            WatchStep.SendError(410, "Expired"),
            WatchStep.Repeat).Should().Be(1);

        (await watch.ReadLineAsync(Token)).Should().Be("""{"type":"BOOKMARK","object":{"kind":"Thing"}}""");
        (await watch.ReadLineAsync(Token)).Should().Contain("\"type\":\"ERROR\"").And.Contain("\"code\":410");
        Server.Send("two", "three");
        (await watch.ReadLineAsync(Token)).Should().Be("two");
        (await watch.ReadLineAsync(Token)).Should().Be("two");
        (await watch.ReadLineAsync(Token)).Should().Be("three");
    }

    [Fact]
    public async Task AWatchGoesSilentAndStaysOpen()
    {
        using var watch = await WatchAsync();
        Proxy.Play(request => request.IsWatch, WatchStep.Pass(1), WatchStep.Silence);
        Server.Send("one", "never");
        (await watch.ReadLineAsync(Token)).Should().Be("one");

        var next = watch.ReadLineAsync(Token).AsTask();
        await GetAsync("alive");
        await GetAsync("still-alive");

        next.IsCompleted.Should().BeFalse();
        Proxy.OpenWatches.Should().ContainSingle();
        Server.WatcherGone.IsCompleted.Should().BeFalse();
        Proxy.CutConnections();
        await FluentActions.Awaiting(() => next).Should().ThrowAsync<IOException>();
    }

    [Fact]
    public async Task WhoHangsUp_HangsUpAtTheServerToo()
    {
        var watch = await WatchAsync();
        Proxy.OpenWatches.Should().ContainSingle();

        watch.Dispose();

        await Server.WatcherGone.WaitAsync(Token);
        await Proxy.UntilAsync(0, request => request.IsOver, Token);
        Proxy.OpenWatches.Should().BeEmpty();
    }

    [Fact]
    public async Task AFaultAnswersInPlaceOfTheServerAsOftenAsItSays()
    {
        Proxy.Add(new ProxyFault
        {
            Matches = request => request.Path == "/busy",
            Skip = 1,
            Times = 2,
            Answer = ProxyAnswer.Refusal(429, "TooManyRequests", TimeSpan.FromSeconds(7)),
        });

        List<HttpStatusCode> statuses = [];
        foreach (var path in new[] { "busy", "other", "busy", "busy", "busy" })
        {
            using var response = await SendAsync(HttpMethod.Get, path);
            statuses.Add(response.StatusCode);
            if (response.StatusCode == HttpStatusCode.TooManyRequests)
            {
                response.Headers.RetryAfter!.Delta.Should().Be(TimeSpan.FromSeconds(7));
                JsonNode.Parse(await response.Content.ReadAsStringAsync(Token))!["code"]!.GetValue<int>().Should().Be(429);
            }
        }

        statuses.Should().Equal(
            HttpStatusCode.Created, HttpStatusCode.Created, HttpStatusCode.TooManyRequests, HttpStatusCode.TooManyRequests, HttpStatusCode.Created);
        Server.Asked.Should().HaveCount(3);
        Proxy.FaultsToCome.Should().Be(0);
    }

    [Theory]
    [InlineData(ProxyDrop.Before, 0)]
    [InlineData(ProxyDrop.After, 1)]
    public async Task ARequestIsLostOnItsWayThereOrBack(ProxyDrop drop, int asked)
    {
        Proxy.Add(new ProxyFault { Drop = drop });

        var send = () => SendAsync(HttpMethod.Post, "lost");

        await send.Should().ThrowAsync<HttpRequestException>();
        Server.Asked.Should().HaveCount(asked);
        (await Proxy.UntilAsync(0, request => request.IsOver, Token)).Status.Should().Be(0);
        (await GetAsync("next")).Should().NotBeEmpty();
    }

    [Fact]
    public async Task HooksHoldARequestOnItsWayThereAndBack()
    {
        var (there, back) = (new Checkpoint(), new Checkpoint());
        Proxy.Before = there.PassAsync;
        Proxy.After = back.PassAsync;

        var answer = GetAsync("held");
        (await there.Reached.WaitAsync(Token)).Path.Should().Be("/held");
        Server.Asked.Should().BeEmpty();
        there.Open();
        await back.Reached.WaitAsync(Token);
        Server.Asked.Should().ContainSingle();
        answer.IsCompleted.Should().BeFalse();
        back.Open();

        (await answer).Should().Contain("/held");
    }

    [Fact]
    public async Task AHookMayDropARequestBeforeTheServerHasIt()
    {
        Proxy.Before = request =>
        {
            request.Drop();
            return ValueTask.CompletedTask;
        };

        await FluentActions.Awaiting(() => GetAsync("dropped")).Should().ThrowAsync<HttpRequestException>();

        Server.Asked.Should().BeEmpty();
    }

    [Fact]
    public async Task AHookMayAskTheServerForSomethingElse()
    {
        Proxy.Before = request =>
        {
            request.Query = "limit=1";
            return ValueTask.CompletedTask;
        };

        (await GetAsync("list?limit=500")).Should().StartWith("GET /list?limit=1 ");
    }

    [Fact]
    public async Task InAPartitionNothingGetsThroughUntilItIsHealed()
    {
        using var watch = await WatchAsync();
        await GetAsync("before");
        Proxy.Partition();

        Server.Send("late");
        var old = watch.ReadLineAsync(Token).AsTask();
        using var stranger = NewCaller();
        var fresh = stranger.GetStringAsync(new Uri("fresh", UriKind.Relative), Token);
        await ExpectHangingAsync(old, fresh);
        Server.Asked.Should().HaveCount(2);

        Proxy.Heal();
        (await old).Should().Be("late");
        (await fresh).Should().Contain("/fresh");
    }

    // That nothing happens shows only by letting time pass; less than a caller waits before it gives a connection up.
    private static async Task ExpectHangingAsync(params Task[] tasks) => await FluentActions
        .Awaiting(() => Task.WhenAny(tasks).WaitAsync(TimeSpan.FromMilliseconds(500)))
        .Should().ThrowAsync<TimeoutException>();

    private sealed class Checkpoint
    {
        private readonly TaskCompletionSource<ProxiedRequest> _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<ProxiedRequest> Reached => _reached.Task;

        public void Open() => _open.SetResult();

        public async ValueTask PassAsync(ProxiedRequest request)
        {
            _reached.TrySetResult(request);
            await _open.Task;
        }
    }
}
