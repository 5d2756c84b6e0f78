using System.Text.Json;
using Idp.Kubernetes.Model;

namespace Idp.Kubernetes.Client;

/// <summary>Cuts a page into its objects.</summary>
internal static class ListReader
{
    /// <summary>Reads a page; every object gets bytes of its own, so that one that is kept does not keep the page.</summary>
    public static KubeList Read(ResourceKind kind, byte[] body)
    {
        var reader = new Utf8JsonReader(body);
        var items = new List<KubeObject>();
        var (resourceVersion, next) = ("", "");
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("items"u8))
            {
                ReadItems(ref reader, kind, body, items);
            }
            else if (reader.ValueTextEquals("metadata"u8))
            {
                (resourceVersion, next) = ReadMetadata(ref reader);
            }
            else
            {
                reader.Skip();
            }
        }

        // To take some other document for an empty list would be to believe that everything was deleted.
        if (resourceVersion.Length == 0)
        {
            throw new JsonException("The document is no list.");
        }

        return new KubeList(items, resourceVersion, next.Length == 0 ? null : next);
    }

    private static void ReadItems(ref Utf8JsonReader reader, ResourceKind kind, byte[] body, List<KubeObject> items)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            items.Add(KubeObject.Parse(kind, body.AsSpan(start, (int)reader.BytesConsumed - start)));
        }
    }

    private static (string ResourceVersion, string Continue) ReadMetadata(ref Utf8JsonReader reader)
    {
        var (resourceVersion, next) = ("", "");
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("resourceVersion"u8))
            {
                reader.Read();
                resourceVersion = reader.GetString() ?? "";
            }
            else if (reader.ValueTextEquals("continue"u8))
            {
                reader.Read();
                next = reader.GetString() ?? "";
            }
            else
            {
                reader.Skip();
            }
        }

        return (resourceVersion, next);
    }
}
