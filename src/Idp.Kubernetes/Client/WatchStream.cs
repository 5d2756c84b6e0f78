using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using Idp.Kubernetes.Model;

namespace Idp.Kubernetes.Client;

/// <summary>The changes of a kind, one JSON document a line, for as long as the server sends them.</summary>
/// <remarks>
/// <para>Guarantees: ends without an exception only where the server ended it between two lines, which it does after
/// <see cref="WatchOptions.ServerTimeout"/>; go on from the last event's resource version then.</para>
/// <para>Errors: <see cref="GoneException"/> when the resource version is too old (list again);
/// <see cref="UnavailableException"/> when the connection broke, was cut inside a line, or stayed silent for
/// <see cref="WatchOptions.IdleTimeout"/>; <see cref="AnswerTooLargeException"/> when a line does not end.</para>
/// <para>May be enumerated once; dispose it to hang up.</para>
/// </remarks>
public sealed class WatchStream : IAsyncEnumerable<WatchEvent>, IAsyncDisposable
{
    private readonly HttpResponseMessage _response;
    private readonly PipeReader _pipe;
    private readonly ResourceKind _kind;
    private readonly TimeSpan _idleTimeout;
    private readonly TimeProvider _clock;

    internal WatchStream(HttpResponseMessage response, Stream stream, ResourceKind kind, TimeSpan idleTimeout, TimeProvider clock)
    {
        _response = response;
        _pipe = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: 64 * 1024));
        _kind = kind;
        _idleTimeout = idleTimeout;
        _clock = clock;
    }

    /// <summary>Reads the changes as they come.</summary>
    public async IAsyncEnumerator<WatchEvent> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        using var deadline = new Deadline(_idleTimeout, _clock, cancellationToken);
        var scanned = 0L;
        while (true)
        {
            deadline.Restart(_idleTimeout);
            var read = await ReadAsync(deadline, cancellationToken);
            var buffer = read.Buffer;
            while (TryCutLine(ref buffer, ref scanned, out var line))
            {
                if (!line.IsEmpty)
                {
                    yield return WatchLine.Read(_kind, line);
                }
            }

            ThrowIfCut(read, buffer);
            _pipe.AdvanceTo(buffer.Start, buffer.End);
            if (read.IsCompleted)
            {
                yield break;
            }
        }
    }

    /// <summary>Hangs up.</summary>
    public async ValueTask DisposeAsync()
    {
        await _pipe.CompleteAsync();
        _response.Dispose();
    }

    private async Task<ReadResult> ReadAsync(Deadline deadline, CancellationToken cancellationToken)
    {
        try
        {
            return await _pipe.ReadAsync(deadline.Token);
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw Broken($"no byte within {_idleTimeout.TotalSeconds:0} s", exception);
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException)
        {
            throw Broken(exception.Message, exception);
        }
    }

    // What was looked through already is not looked through again: an object of megabytes arrives in many pieces.
    private static bool TryCutLine(ref ReadOnlySequence<byte> buffer, ref long scanned, out ReadOnlySequence<byte> line)
    {
        if (buffer.Slice(scanned).PositionOf((byte)'\n') is not { } end)
        {
            scanned = buffer.Length;
            line = default;
            return false;
        }

        line = buffer.Slice(0, end);
        buffer = buffer.Slice(buffer.GetPosition(1, end));
        scanned = 0;
        return true;
    }

    private void ThrowIfCut(ReadResult read, ReadOnlySequence<byte> rest)
    {
        if (rest.Length > Bounds.Object)
        {
            throw Errors.TooLarge($"WATCH {_kind}", "a line", Bounds.Object);
        }

        if (read.IsCompleted && !rest.IsEmpty)
        {
            throw Broken("the stream ended in the middle of a line", null);
        }
    }

    private UnavailableException Broken(string why, Exception? cause) => Errors.Unreachable($"WATCH {_kind}", why, cause);
}

/// <summary>Reads one line of a watch: <c>{"type": ..., "object": {...}}</c>.</summary>
internal static class WatchLine
{
    /// <exception cref="KubeException">The server says that the watch failed.</exception>
    public static WatchEvent Read(ResourceKind kind, ReadOnlySequence<byte> line)
    {
        // Most lines lie in one piece of the buffer, and are read where they are.
        var text = line.IsSingleSegment ? line.FirstSpan : line.ToArray();
        try
        {
            var content = Split(text, out var type);
            return type switch
            {
                "ADDED" => new WatchEvent(WatchEventType.Added, KubeObject.Parse(kind, content)),
                "MODIFIED" => new WatchEvent(WatchEventType.Modified, KubeObject.Parse(kind, content)),
                "DELETED" => new WatchEvent(WatchEventType.Deleted, KubeObject.Parse(kind, content)),
                "BOOKMARK" => new WatchEvent(WatchEventType.Bookmark, KubeObject.Parse(kind, content)),
                "ERROR" => throw Errors.From(
                    $"WATCH {kind}", JsonSerializer.Deserialize(content, ClientJson.Default.KubeStatus) ?? new KubeStatus()),
                _ => throw Errors.Unreachable($"WATCH {kind}", $"an event of the unknown type '{type}' came", null),
            };
        }
        catch (JsonException exception)
        {
            throw Errors.Unreachable($"WATCH {kind}", "a line is not an event", exception);
        }
    }

    private static ReadOnlySpan<byte> Split(ReadOnlySpan<byte> line, out string type)
    {
        ReadOnlySpan<byte> content = [];
        type = "";
        var reader = new Utf8JsonReader(line);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isType = reader.ValueTextEquals("type"u8);
            var isObject = reader.ValueTextEquals("object"u8);
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            if (isType)
            {
                type = reader.GetString() ?? "";
            }
            else if (isObject)
            {
                content = line[start..(int)reader.BytesConsumed];
            }
        }

        return content;
    }
}

/// <summary>One change.</summary>
/// <param name="Type">What happened.</param>
/// <param name="Object">The object; of a bookmark only its resource version means something.</param>
public readonly record struct WatchEvent(WatchEventType Type, KubeObject Object)
{
    /// <summary>From where to go on after this event.</summary>
    public string ResourceVersion => Object.Metadata.ResourceVersion;
}

/// <summary>What happened to an object.</summary>
public enum WatchEventType
{
    /// <summary>It came into being, or into the selection.</summary>
    Added,

    /// <summary>It changed.</summary>
    Modified,

    /// <summary>It went, or left the selection; the object is its last state.</summary>
    Deleted,

    /// <summary>Nothing happened up to this resource version.</summary>
    Bookmark,
}
