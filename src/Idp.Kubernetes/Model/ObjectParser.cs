using System.Text.Json;

namespace Idp.Kubernetes.Model;

/// <summary>Takes an object apart in one go: its metadata, who manages its fields, and the rest as bytes.</summary>
/// <remarks>The managed fields are cut out of the bytes: they are a third of most objects, and equal in many of them.</remarks>
internal ref struct ObjectParser
{
    private readonly ResourceKind _kind;
    private readonly ReadOnlySpan<byte> _bytes;
    private readonly List<ManagedFieldsEntry> _managers = [];
    private (int Start, int End) _metadata;
    private (int Start, int End) _cut;

    private ObjectParser(ResourceKind kind, ReadOnlySpan<byte> bytes)
    {
        _kind = kind;
        _bytes = bytes;
    }

    /// <summary>Takes it apart; the bytes are copied.</summary>
    /// <exception cref="JsonException">The bytes are not an object with metadata of the right shape.</exception>
    public static (ObjectMeta Metadata, ManagedFieldsEntry[] Managers, byte[] Remainder) Parse(ResourceKind kind, ReadOnlySpan<byte> utf8Json)
    {
        var parser = new ObjectParser(kind, utf8Json);
        parser.ReadObject();
        byte[] rest = [.. utf8Json[..parser._cut.Start], .. utf8Json[parser._cut.End..]];
        var metadata = rest.AsSpan(parser._metadata.Start, parser._metadata.End - parser._metadata.Start - (parser._cut.End - parser._cut.Start));
        return (JsonSerializer.Deserialize(metadata, KubeJson.Default.ObjectMeta)!, [.. parser._managers], rest);
    }

    private void ReadObject()
    {
        var reader = new Utf8JsonReader(_bytes);
        reader.Read();
        Expect(reader.TokenType == JsonTokenType.StartObject, "is no object");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("metadata"u8))
            {
                ReadMetadata(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        // What comes after the object's end is found by reading on.
        reader.Read();
        Expect(_metadata.End > 0, "has no metadata");
    }

    private void ReadMetadata(ref Utf8JsonReader reader)
    {
        reader.Read();
        Expect(reader.TokenType == JsonTokenType.StartObject, "has no metadata");
        var start = (int)reader.TokenStartIndex;
        var before = start + 1;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = (int)reader.TokenStartIndex;
            if (reader.ValueTextEquals("managedFields"u8))
            {
                ReadManagers(ref reader);
                _cut = before == start + 1 ? (name, BeginOfNext(reader)) : (before, (int)reader.BytesConsumed);
            }
            else
            {
                reader.Skip();
            }

            before = (int)reader.BytesConsumed;
        }

        _metadata = (start, (int)reader.BytesConsumed);
    }

    /// <summary>Of the first member the comma behind it goes, of any other the one before it.</summary>
    private static int BeginOfNext(Utf8JsonReader reader)
    {
        var end = (int)reader.BytesConsumed;
        return reader.Read() && reader.TokenType == JsonTokenType.PropertyName ? (int)reader.TokenStartIndex : end;
    }

    private void ReadManagers(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null)
        {
            return;
        }

        Expect(reader.TokenType == JsonTokenType.StartArray, "has managed fields that are no list");
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            _managers.Add(ReadManager(ref reader));
        }
    }

    private readonly ManagedFieldsEntry ReadManager(ref Utf8JsonReader reader)
    {
        var (manager, operation, version, subresource) = ("", "", "", (string?)null);
        DateTimeOffset? time = null;
        var fields = "{}"u8;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = InternedStrings.Read(ref reader);
            reader.Read();
            switch (name)
            {
                case "manager":
                    manager = Text(ref reader);
                    break;
                case "operation":
                    operation = Text(ref reader);
                    break;
                case "apiVersion":
                    version = Text(ref reader);
                    break;
                case "subresource":
                    subresource = Text(ref reader) is { Length: > 0 } text ? text : null;
                    break;
                case "time" when reader.TokenType == JsonTokenType.String && reader.TryGetDateTimeOffset(out var when):
                    time = when;
                    break;
                case "fieldsV1":
                    var start = (int)reader.TokenStartIndex;
                    reader.Skip();
                    fields = _bytes[start..(int)reader.BytesConsumed];
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return new ManagedFieldsEntry
        {
            Manager = manager,
            Operation = operation,
            ApiVersion = version,
            Subresource = subresource,
            Time = time,
            Fields = FieldsV1.Read(fields),
        };
    }

    private readonly string Text(ref Utf8JsonReader reader)
    {
        Expect(reader.TokenType is JsonTokenType.String or JsonTokenType.Null, "has a manager that is no text");
        return reader.TokenType == JsonTokenType.Null ? "" : InternedStrings.Read(ref reader);
    }

    private readonly void Expect(bool holds, string complaint)
    {
        if (!holds)
        {
            throw new JsonException($"A {_kind} {complaint}.");
        }
    }
}
