using System.Buffers;
using System.IO.Pipelines;
using System.Threading.Channels;

namespace Idp.Testing.Proxy;

/// <summary>Passes a watch on line by line, and plays the steps that it is given meanwhile.</summary>
internal sealed class OpenWatch(ProxiedRequest request, PipeReader upstream, PipeWriter downstream, TimeProvider clock)
{
    private readonly Channel<WatchStep> _steps = Channel.CreateUnbounded<WatchStep>();
    private Task<byte[]>? _next;

    public ProxiedRequest Request { get; } = request;

    public void Play(IEnumerable<WatchStep> steps)
    {
        foreach (var step in steps)
        {
            _steps.Writer.TryWrite(step);
        }
    }

    /// <summary>Works until the stream ends, on whichever side.</summary>
    /// <returns>Whether it ended in good order; else it is to be broken.</returns>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        await downstream.FlushAsync(cancellationToken);
        while (true)
        {
            if (_steps.Reader.TryRead(out var step))
            {
                if (await PlayAsync(step, cancellationToken) is { } ended)
                {
                    return ended;
                }
            }
            else if (await IsUndisturbedAsync(cancellationToken) && await PassAsync(cancellationToken) is null)
            {
                return true;
            }
        }
    }

    // A step that was given before a line was sent goes before that line, also where both are here by now.
    private async Task<bool> IsUndisturbedAsync(CancellationToken cancellationToken)
    {
        await Task.WhenAny(Next(cancellationToken), _steps.Reader.WaitToReadAsync(cancellationToken).AsTask());
        return !_steps.Reader.TryPeek(out _);
    }

    /// <summary>Plays one step; null where the stream goes on after it.</summary>
    private async Task<bool?> PlayAsync(WatchStep step, CancellationToken cancellationToken)
    {
        switch (step.Kind)
        {
            case WatchStepKind.End:
                return true;
            case WatchStepKind.Reset:
                return false;
            case WatchStepKind.Silence:
                await Task.Delay(Timeout.InfiniteTimeSpan, clock, cancellationToken);
                return false;
            case WatchStepKind.PassFor:
                return await PassForAsync(step.Time, cancellationToken);
            case WatchStepKind.Send:
                await downstream.WriteAsync(step.Line, cancellationToken);
                return null;
            case WatchStepKind.PassPart:
                return await PassPartAsync(step.Count, cancellationToken);
            case WatchStepKind.Repeat:
                return await PassAsync(cancellationToken) is { } line ? await WriteAsync(line, cancellationToken) : true;
            default:
                return await PassAsync(step.Count, cancellationToken);
        }
    }

    private async Task<bool?> PassAsync(int events, CancellationToken cancellationToken)
    {
        for (var passed = 0; passed < events; passed++)
        {
            if (await PassAsync(cancellationToken) is null)
            {
                return true;
            }
        }

        return null;
    }

    private async Task<bool?> PassForAsync(TimeSpan time, CancellationToken cancellationToken)
    {
        var over = Task.Delay(time, clock, cancellationToken);
        while (await Task.WhenAny(Next(cancellationToken), over) != over)
        {
            if (await PassAsync(cancellationToken) is null)
            {
                return true;
            }
        }

        return null;
    }

    /// <summary>Passes one line; null where the stream has ended.</summary>
    private async Task<byte[]?> PassAsync(CancellationToken cancellationToken)
    {
        var line = await TakeAsync(cancellationToken);
        if (line.Length == 0)
        {
            return null;
        }

        await WriteAsync(line, cancellationToken);
        return line;
    }

    private async Task<bool?> PassPartAsync(int bytes, CancellationToken cancellationToken)
    {
        var line = await TakeAsync(cancellationToken);
        var part = bytes < 0 ? line.Length / 2 : Math.Min(bytes, line.Length);
        return line.Length == 0 ? true : await WriteAsync(line.AsMemory(0, part), cancellationToken);
    }

    private async Task<bool?> WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        await downstream.WriteAsync(bytes, cancellationToken);
        return null;
    }

    private async Task<byte[]> TakeAsync(CancellationToken cancellationToken)
    {
        var line = await Next(cancellationToken);
        _next = null;
        return line;
    }

    private Task<byte[]> Next(CancellationToken cancellationToken) => _next ??= ReadLineAsync(cancellationToken);

    /// <summary>One line with its end; empty where the stream has ended.</summary>
    private async Task<byte[]> ReadLineAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await upstream.ReadAsync(cancellationToken);
            if (read.Buffer.PositionOf((byte)'\n') is { } end)
            {
                var after = read.Buffer.GetPosition(1, end);
                var line = read.Buffer.Slice(0, after).ToArray();
                upstream.AdvanceTo(after);
                return line;
            }

            if (read.IsCompleted)
            {
                var rest = read.Buffer.ToArray();
                upstream.AdvanceTo(read.Buffer.End);
                return rest;
            }

            upstream.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }
}
