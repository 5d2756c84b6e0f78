using System.IO.Pipelines;
using System.Text;
using Idp.Testing.Proxy;

namespace Idp.Sandbox.Tests.Proxy;

/// <summary>In which order a watch takes what comes from the server and what it is told to do.</summary>
public sealed class OpenWatchTest
{
    [Fact]
    public async Task AStepThatWasGivenBeforeALineWasSent_GoesBeforeIt_AlsoWhereBothAreSeenAtOnce()
    {
        var downstream = new Pipe();
        OpenWatch watch = null!;
        var upstream = new LineAndStepsAtOnce(() => watch.Play([WatchStep.PassHalf, WatchStep.Reset]));
        watch = new OpenWatch(AnyRequest(), upstream, downstream.Writer, TimeProvider.System);

        var inGoodOrder = await watch.RunAsync(CancellationToken.None).WaitAsync(ProxyFixture.Patience);

        inGoodOrder.Should().BeFalse("a reset was asked for");
        var passed = await downstream.Reader.ReadAsync();
        Encoding.UTF8.GetString(passed.Buffer).Should().Be("sec");
    }

    private static ProxiedRequest AnyRequest() => new()
    {
        Number = 1,
        Time = default,
        Method = "GET",
        Path = "/apis/idp.dev/v1/things",
        Query = "watch=true",
        UserAgent = "caller/1",
    };

    /// <summary>A server whose one line is there at once, and right before it the steps.</summary>
    private sealed class LineAndStepsAtOnce(Action play) : PipeReader
    {
        private bool _isSent;

        public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
        {
            if (_isSent)
            {
                return new ValueTask<ReadResult>(new TaskCompletionSource<ReadResult>().Task);
            }

            _isSent = true;
            play();
            return ValueTask.FromResult(new ReadResult(new("second\n"u8.ToArray()), isCanceled: false, isCompleted: false));
        }

        public override bool TryRead(out ReadResult result)
        {
            result = default;
            return false;
        }

        public override void AdvanceTo(SequencePosition consumed)
        {
        }

        public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
        {
        }

        public override void CancelPendingRead()
        {
        }

        public override void Complete(Exception? exception = null)
        {
        }
    }
}
