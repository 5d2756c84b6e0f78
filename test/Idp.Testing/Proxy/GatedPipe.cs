using System.IO.Pipelines;

namespace Idp.Testing.Proxy;

/// <summary>A connection whose bytes get through only while a gate is open, in both directions, and which stays meanwhile.</summary>
internal sealed class GatedPipe(IDuplexPipe inner, Gate gate) : IDuplexPipe
{
    public PipeReader Input { get; } = new Reader(inner.Input, gate);

    public PipeWriter Output { get; } = new Writer(inner.Output, gate);

    private sealed class Reader(PipeReader inner, Gate gate) : PipeReader
    {
        // What arrives while the gate is shut is not seen before it opens.
        public override async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
        {
            var read = await inner.ReadAsync(cancellationToken);
            await gate.PassAsync(cancellationToken);
            return read;
        }

        public override bool TryRead(out ReadResult result)
        {
            result = default;
            return gate.IsOpen && inner.TryRead(out result);
        }

        public override void AdvanceTo(SequencePosition consumed) => inner.AdvanceTo(consumed);

        public override void AdvanceTo(SequencePosition consumed, SequencePosition examined) => inner.AdvanceTo(consumed, examined);

        public override void CancelPendingRead() => inner.CancelPendingRead();

        public override void Complete(Exception? exception = null) => inner.Complete(exception);
    }

    private sealed class Writer(PipeWriter inner, Gate gate) : PipeWriter
    {
        public override async ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
        {
            await gate.PassAsync(cancellationToken);
            return await inner.FlushAsync(cancellationToken);
        }

        public override bool CanGetUnflushedBytes => inner.CanGetUnflushedBytes;

        public override long UnflushedBytes => inner.UnflushedBytes;

        public override void Advance(int bytes) => inner.Advance(bytes);

        public override Memory<byte> GetMemory(int sizeHint = 0) => inner.GetMemory(sizeHint);

        public override Span<byte> GetSpan(int sizeHint = 0) => inner.GetSpan(sizeHint);

        public override void CancelPendingFlush() => inner.CancelPendingFlush();

        public override void Complete(Exception? exception = null) => inner.Complete(exception);
    }
}
