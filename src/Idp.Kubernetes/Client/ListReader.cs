using System.Buffers;
using System.Text.Json;
using Idp.Kubernetes.Model;

namespace Idp.Kubernetes.Client;

/// <summary>Cuts a list into its objects while it arrives, so that no more than one object of it is held as text.</summary>
internal sealed class ListReader
{
    private const int FirstBuffer = 64 * 1024;
    private readonly ResourceKind _kind;
    private readonly List<KubeObject> _items = [];
    private JsonReaderState _state;
    private Place _place;
    private string _property = "";
    private (string ResourceVersion, string Continue) _metadata = ("", "");

    private ListReader(ResourceKind kind) => _kind = kind;

    private enum Place
    {
        Outside,
        Properties,
        Value,
        Items,
    }

    /// <summary>Reads a page; every object gets bytes of its own.</summary>
    /// <exception cref="JsonException">The text is no list, or was cut off.</exception>
    /// <exception cref="AnswerTooLargeException">An object of it, or all of it, is larger than is ever read.</exception>
    public static async Task<KubeList> ReadAsync(ResourceKind kind, Stream text, CancellationToken cancellationToken)
    {
        var reader = new ListReader(kind);
        var buffer = ArrayPool<byte>.Shared.Rent(FirstBuffer);
        try
        {
            var total = 0L;
            for (var filled = 0; ;)
            {
                var read = await text.ReadAsync(buffer.AsMemory(filled), cancellationToken);
                filled += read;
                total = Sum(kind, total, read);
                var used = reader.Take(buffer.AsSpan(0, filled), isLast: read == 0);
                buffer.AsSpan(used, filled - used).CopyTo(buffer);
                filled -= used;
                if (read == 0)
                {
                    return reader.ToList();
                }

                buffer = filled == buffer.Length ? Grow(kind, buffer) : buffer;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static long Sum(ResourceKind kind, long total, int read) => total + read <= Bounds.Page
        ? total + read
        : throw Errors.TooLarge($"LIST {kind}", "the page", Bounds.Page);

    private static byte[] Grow(ResourceKind kind, byte[] buffer)
    {
        if (buffer.Length > Bounds.Object)
        {
            throw Errors.TooLarge($"LIST {kind}", "an object", Bounds.Object);
        }

        var larger = ArrayPool<byte>.Shared.Rent(2 * buffer.Length);
        buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }

    // To take some other document for an empty list would be to believe that everything was deleted.
    private KubeList ToList() => _metadata.ResourceVersion.Length == 0
        ? throw new JsonException("The document is no list.")
        : new KubeList(_items, _metadata.ResourceVersion, _metadata.Continue.Length == 0 ? null : _metadata.Continue);

    /// <summary>Takes in whole values only.</summary>
    /// <returns>How many bytes are done with; what follows them is to come again with what comes next.</returns>
    private int Take(ReadOnlySpan<byte> text, bool isLast)
    {
        var reader = new Utf8JsonReader(text, isLast, _state);
        var before = reader;
        while (reader.Read() && TryTake(ref reader, text))
        {
            before = reader;
        }

        _state = before.CurrentState;
        return (int)before.BytesConsumed;
    }

    private bool TryTake(ref Utf8JsonReader reader, ReadOnlySpan<byte> text)
    {
        switch (_place)
        {
            case Place.Outside:
                _place = reader.TokenType == JsonTokenType.StartObject ? Place.Properties : throw new JsonException("The document is no list.");
                return true;
            case Place.Properties when reader.TokenType == JsonTokenType.PropertyName:
                (_property, _place) = (reader.GetString() ?? "", Place.Value);
                return true;
            case Place.Properties:
                return true; // the end of the document
            case Place.Value when _property == "items" && reader.TokenType == JsonTokenType.StartArray:
                _place = Place.Items;
                return true;
            case Place.Items when reader.TokenType == JsonTokenType.EndArray:
                _place = Place.Properties;
                return true;
        }

        var start = (int)reader.TokenStartIndex;
        if (!reader.TrySkip())
        {
            return false;
        }

        var value = text[start..(int)reader.BytesConsumed];
        if (_place == Place.Items)
        {
            _items.Add(KubeObject.Parse(_kind, value));
            return true;
        }

        _metadata = _property == "metadata" ? ReadMetadata(value) : _metadata;
        _place = Place.Properties;
        return true;
    }

    private static (string ResourceVersion, string Continue) ReadMetadata(ReadOnlySpan<byte> value)
    {
        var reader = new Utf8JsonReader(value);
        using var metadata = JsonDocument.ParseValue(ref reader);
        return (Text(metadata.RootElement, "resourceVersion"), Text(metadata.RootElement, "continue"));
    }

    private static string Text(JsonElement metadata, string name)
    {
        if (metadata.ValueKind != JsonValueKind.Object || !metadata.TryGetProperty(name, out var value))
        {
            return "";
        }

        return value.ValueKind is JsonValueKind.String or JsonValueKind.Null
            ? value.GetString() ?? ""
            : throw new JsonException("The list's metadata has a value that is no text.");
    }
}
