using System.IO.Pipelines;
using System.Net;
using System.Text;

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
        await body.Asked;

        var stopped = service.StopAsync();
        Assert.False(stopped.IsCompleted, "it waits for the request");
        await body.FinishAsync("""{"name":"Ada"}""");

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
        await body.Asked;

        await service.StopAsync();

        await Assert.ThrowsAsync<HttpRequestException>(() => underWay);
    }

    /// <summary>A body that is sent when the test says so.</summary>
    private sealed class SlowBody : HttpContent
    {
        private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly Pipe _pipe = new();

        public SlowBody() => Headers.ContentType = new("application/json");

        public Task Asked => _asked.Task.WaitAsync(Cancellation);

        public async Task FinishAsync(string text)
        {
            await _pipe.Writer.WriteAsync(Encoding.UTF8.GetBytes(text), Cancellation);
            await _pipe.Writer.CompleteAsync();
        }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            _asked.SetResult();
            await _pipe.Reader.CopyToAsync(stream, Cancellation);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
