using System.IO.Pipelines;
using System.Net;
using System.Text;
using Idp.Kubernetes.Client;
using Idp.Kubernetes.Model;

namespace Idp.Kubernetes.Tests.Client;

public sealed class WatchStreamTest
{
    private readonly Pipe _wire = new();
    private readonly ManualTime _time = new();

    [Fact]
    public async Task EventsComeAsTheyAreSent()
    {
        await using var stream = await WatchAsync();
        await using var events = stream.GetAsyncEnumerator();

        await SendAsync(Line("ADDED", "a", 1) + Line("MODIFIED", "a", 2) + "\n" + Line("DELETED", "a", 3) + Line("BOOKMARK", "", 9));

        (await NextAsync(events)).Should().Be((WatchEventType.Added, "a", "1"));
        (await NextAsync(events)).Should().Be((WatchEventType.Modified, "a", "2"));
        (await NextAsync(events)).Should().Be((WatchEventType.Deleted, "a", "3"));
        (await NextAsync(events)).Should().Be((WatchEventType.Bookmark, "", "9"));
    }

    [Fact]
    public async Task ObjectOfMegabytes_ArrivesInPieces()
    {
        await using var stream = await WatchAsync();
        await using var events = stream.GetAsyncEnumerator();
        var filler = new string('x', 4_000_000);
        var line = $$$$"""{"type":"ADDED","object":{"metadata":{"name":"big","resourceVersion":"1"},"data":{"v":"{{{{filler}}}}"}}}""" + "\n";

        var next = NextAsync(events);
        foreach (var piece in line.Chunk(100_000))
        {
            await SendAsync(new string(piece));
        }

        (await next).Should().Be((WatchEventType.Added, "big", "1"));
        ((string?)events.Current.Object.ToJson()["data"]!["v"]).Should().HaveLength(4_000_000);
    }

    [Fact]
    public async Task LineInSingleBytes_IsReadAsOne()
    {
        await using var stream = await WatchAsync();
        await using var events = stream.GetAsyncEnumerator();

        var next = NextAsync(events);
        foreach (var letter in Line("ADDED", "a", 1))
        {
            await SendAsync($"{letter}");
        }

        (await next).Should().Be((WatchEventType.Added, "a", "1"));
    }

    [Fact]
    public async Task EndBetweenTwoLines_IsTheEnd()
    {
        await using var stream = await WatchAsync();
        await using var events = stream.GetAsyncEnumerator();
        await SendAsync(Line("ADDED", "a", 1));
        await _wire.Writer.CompleteAsync();

        (await events.MoveNextAsync()).Should().BeTrue();
        (await events.MoveNextAsync()).Should().BeFalse();
    }

    [Fact]
    public async Task EndInTheMiddleOfALine_IsABrokenConnection()
    {
        await using var stream = await WatchAsync();
        await SendAsync(Line("ADDED", "a", 1) + """{"type":"ADD""");
        await _wire.Writer.CompleteAsync();

        await ReadAll(stream).Should().ThrowAsync<UnavailableException>();
    }

    [Fact]
    public async Task BrokenConnection_IsSaidByType()
    {
        await using var stream = await WatchAsync();
        await _wire.Writer.CompleteAsync(new IOException("reset"));

        (await ReadAll(stream).Should().ThrowAsync<UnavailableException>()).WithInnerException<IOException>();
    }

    /// <summary>D2, D14, R12: a connection whose other end is gone without a word does not hang for ever.</summary>
    [Fact]
    public async Task SilentStream_BreaksAfterTheIdleTimeout()
    {
        await using var stream = await WatchAsync();
        var reading = ReadAll(stream)();
        await _time.TimerWithinAsync(TimeSpan.FromSeconds(295));

        _time.Advance(TimeSpan.FromSeconds(294));
        reading.IsCompleted.Should().BeFalse();
        _time.Advance(TimeSpan.FromSeconds(1));

        await reading.Awaiting(task => task).Should().ThrowAsync<UnavailableException>();
    }

    [Fact]
    public async Task EveryByte_BeginsTheIdleTimeoutAnew()
    {
        await using var stream = await WatchAsync();
        await using var events = stream.GetAsyncEnumerator();
        for (var version = 1; version <= 3; version++)
        {
            var next = NextAsync(events);
            _time.Advance(TimeSpan.FromSeconds(200));
            await SendAsync(Line("MODIFIED", "a", version));
            (await next).Version.Should().Be($"{version}");
        }
    }

    [Fact]
    public async Task ExpiredVersion_IsGone()
    {
        await using var stream = await WatchAsync();
        await SendAsync("""{"type":"ERROR","object":{"kind":"Status","code":410,"reason":"Expired","message":"too old"}}""" + "\n");

        await ReadAll(stream).Should().ThrowAsync<GoneException>();
    }

    [Theory]
    [InlineData("""{"type":"SURPRISE","object":{"metadata":{"name":"a"}}}""")]
    [InlineData("not json")]
    [InlineData("""{"type":"ADDED"}""")]
    [InlineData("""["ADDED"]""")]
    public async Task LineThatIsNoEvent_IsSaidByType(string line)
    {
        await using var stream = await WatchAsync();
        await SendAsync(line + "\n");

        await ReadAll(stream).Should().ThrowAsync<UnavailableException>();
    }

    [Fact]
    public async Task CancelledReading_IsCancelled()
    {
        using var stop = new CancellationTokenSource();
        await using var stream = await WatchAsync();
        await using var events = stream.GetAsyncEnumerator(stop.Token);
        var next = events.MoveNextAsync().AsTask();

        await stop.CancelAsync();

        await next.Awaiting(task => task).Should().ThrowAsync<OperationCanceledException>();
    }

    /// <summary>D3: whoever is done with a stream leaves no connection behind.</summary>
    [Fact]
    public async Task DisposedStream_HangsUp()
    {
        var stream = await WatchAsync();

        await stream.DisposeAsync();

        var flushed = await _wire.Writer.FlushAsync();
        flushed.IsCompleted.Should().BeTrue("the other end stopped reading");
    }

    /// <summary>R12: the server is told when to end a watch, and to send bookmarks.</summary>
    [Fact]
    public async Task WatchAsksForATimeoutAndBookmarks()
    {
        Uri? asked = null;
        using var client = Answers.ClientOf(request =>
        {
            asked = request.RequestUri;
            return Answers.Json("");
        });

        await using var stream = await client.WatchAsync(
            WellKnownKinds.Secret, new WatchOptions { ResourceVersion = "7", LabelSelector = "a=b" }, CancellationToken.None);

        asked!.PathAndQuery.Should().Be(
            "/api/v1/secrets?watch=true&allowWatchBookmarks=true&timeoutSeconds=290&labelSelector=a%3Db&resourceVersion=7");
    }

    private static string Line(string type, string name, int version) =>
        $$$$"""{"type":"{{{{type}}}}","object":{"metadata":{"name":"{{{{name}}}}","resourceVersion":"{{{{version}}}}"}}}""" + "\n";

    private static async Task<(WatchEventType Type, string Name, string Version)> NextAsync(IAsyncEnumerator<WatchEvent> events)
    {
        (await events.MoveNextAsync()).Should().BeTrue();
        return (events.Current.Type, events.Current.Object.Metadata.Name, events.Current.ResourceVersion);
    }

    private static Func<Task> ReadAll(WatchStream stream) => async () =>
    {
        await foreach (var _ in stream)
        {
        }
    };

    private async Task SendAsync(string text)
    {
        await _wire.Writer.WriteAsync(Encoding.UTF8.GetBytes(text));
        await _wire.Writer.FlushAsync();
    }

    private async Task<WatchStream> WatchAsync()
    {
        var client = Answers.ClientOf(
            _ => new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(_wire.Reader.AsStream()) },
            new KubeClientSettings { Clock = _time });
        return await client.WatchAsync(WellKnownKinds.ConfigMap, new WatchOptions { ResourceVersion = "1" }, CancellationToken.None);
    }
}
