namespace Idp.Kubernetes.Tests.Client;

/// <summary>Begins as it is told, and goes on with one byte for ever; counts what is taken of it.</summary>
internal sealed class EndlessStream(byte[] beginning) : Stream
{
    /// <summary>How many bytes were read.</summary>
    public long Taken { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => Taken; set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var begun = Taken < beginning.Length ? beginning.AsSpan((int)Taken) : [];
        begun = begun[..Math.Min(begun.Length, buffer.Length)];
        begun.CopyTo(buffer);
        buffer[begun.Length..].Fill((byte)'x');
        Taken += buffer.Length;
        return buffer.Length;
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(Read(buffer.Span));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
