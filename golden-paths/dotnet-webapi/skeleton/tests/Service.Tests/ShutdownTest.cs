using System.Net;

namespace Service.Tests;

public sealed class ShutdownTest
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ServesOnWhileItSaysThatItIsNotReady()
    {
        using var service = new RunningService();
        service.HoldStop();
        service.Lifetime.StopApplication();

        var ready = await service.Client.GetAsync("/readyz", Cancellation);
        var index = await service.Client.GetAsync("/", Cancellation);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        Assert.Contains("stopping", await ready.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, index.StatusCode);
        Assert.True(index.Headers.ConnectionClose, "the connection is not kept");
        service.LetStop();
    }

    [Fact]
    public async Task TheServerIsStopped_OnlyAfterTheDelay()
    {
        using var impatience = new CancellationTokenSource();
        var delay = new GracefulShutdown(new Settings { ShutdownDelay = TimeSpan.FromHours(1) }).StoppingAsync(impatience.Token);
        var none = new GracefulShutdown(new Settings { ShutdownDelay = TimeSpan.Zero }).StoppingAsync(impatience.Token);

        Assert.True(none.IsCompletedSuccessfully);
        Assert.False(delay.IsCompleted);
        await impatience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => delay);
    }

    [Fact]
    public async Task ARequestUnderWay_GetsItsAnswer()
    {
        using var service = new RunningService();
        using var body = new SlowBody();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/greetings") { Content = body };
        // The server asks for the body once it serves the request.
        request.Headers.ExpectContinue = true;
        var underWay = service.Client.SendAsync(request, Cancellation);
        await body.Begun;

        var stopped = service.StopAsync();
        Assert.False(stopped.IsCompleted, "it waits for the request");
        body.Finish();

        var response = await underWay;
        Assert.Equal("""{"message":"Hello, Ada."}""", await response.Content.ReadAsStringAsync(Cancellation));
        Assert.True(response.Headers.ConnectionClose, "the connection is not kept");
        await stopped;
    }

    [Fact]
    public async Task ARequestThatTakesTooLong_IsCutOff()
    {
        using var service = new RunningService(("SHUTDOWN_TIMEOUT_SECONDS", "1"));
        using var body = new SlowBody();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/greetings") { Content = body };
        request.Headers.ExpectContinue = true;
        var underWay = service.Client.SendAsync(request, Cancellation);
        await body.Begun;

        await service.StopAsync();

        await Assert.ThrowsAsync<HttpRequestException>(() => underWay);
    }

    /// <summary>A body whose second half is sent when the test says so.</summary>
    private sealed class SlowBody : HttpContent
    {
        private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _finished = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public SlowBody() => Headers.ContentType = new("application/json");

        public Task Begun => _begun.Task.WaitAsync(Cancellation);

        public void Finish() => _finished.SetResult();

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync("""{"name":"A"""u8.ToArray(), Cancellation);
            await stream.FlushAsync(Cancellation);
            _begun.SetResult();
            await _finished.Task.WaitAsync(Cancellation);
            await stream.WriteAsync("da\"}"u8.ToArray(), Cancellation);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 14;
            return true;
        }
    }
}
