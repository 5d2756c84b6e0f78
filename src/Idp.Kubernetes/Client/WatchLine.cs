using System.Buffers;
using System.Text.Json;
using Idp.Kubernetes.Model;

namespace Idp.Kubernetes.Client;

/// <summary>Reads one line of a watch: <c>{"type": ..., "object": {...}}</c>.</summary>
internal static class WatchLine
{
    /// <summary>Reads a line.</summary>
    /// <exception cref="KubeException">The server says that the watch failed.</exception>
    public static WatchEvent Read(ResourceKind kind, ReadOnlySequence<byte> line)
    {
        try
        {
            var (type, content) = Split(line);
            return type switch
            {
                "ADDED" => new WatchEvent(WatchEventType.Added, KubeObject.Parse(kind, content)),
                "MODIFIED" => new WatchEvent(WatchEventType.Modified, KubeObject.Parse(kind, content)),
                "DELETED" => new WatchEvent(WatchEventType.Deleted, KubeObject.Parse(kind, content)),
                "BOOKMARK" => new WatchEvent(WatchEventType.Bookmark, KubeObject.Parse(kind, content)),
                "ERROR" => throw Failed(kind, content),
                _ => throw Errors.Unreachable($"WATCH {kind}", $"an event of the unknown type '{type}' came", null),
            };
        }
        catch (JsonException exception)
        {
            throw Errors.Unreachable($"WATCH {kind}", "a line is not an event", exception);
        }
    }

    private static KubeException Failed(ResourceKind kind, byte[] content) =>
        Errors.From($"WATCH {kind}", JsonSerializer.Deserialize(content, ClientJson.Default.KubeStatus) ?? new KubeStatus());

    private static (string Type, byte[] Content) Split(ReadOnlySequence<byte> line)
    {
        var reader = new Utf8JsonReader(line);
        var (type, content) = ("", Array.Empty<byte>());
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("type"u8))
            {
                reader.Read();
                type = reader.GetString() ?? "";
            }
            else if (reader.ValueTextEquals("object"u8))
            {
                reader.Read();
                var start = reader.TokenStartIndex;
                reader.Skip();
                content = line.Slice(start, reader.BytesConsumed - start).ToArray();
            }
            else
            {
                reader.Skip();
            }
        }

        return (type, content);
    }
}
