using System.Text.Json.Nodes;
using Idp.Kubernetes.Model;
using Idp.Testing.Schemas;

namespace Idp.Kubernetes.Tests.Apply;

/// <summary>A kind, and what random intents of it are made of.</summary>
internal sealed record IntentKind(ResourceKind Kind, JsonObject Metadata, JsonObject Rest, int Optional)
{
    private static readonly string[] Kept = ["podSelector", "namespaceSelector"];

    public override string ToString() => Kind.Kind;

    /// <summary>A random intent without a name; quantities are said as the server says them, as everybody has to who applies them.</summary>
    public JsonObject Make(Random random)
    {
        var body = Sample(random, Rest).AsObject();
        SayDefaults(body, Rest, inWhole: false);
        body["metadata"] = Sample(random, Metadata);
        Prune(body);
        if (body["spec"]?["hard"] is JsonObject quantities)
        {
            foreach (var (name, amount) in quantities.ToList())
            {
                quantities[name] = Quantity.Canonical((string)amount!);
            }
        }

        return body;
    }

    /// <summary>The same with all that the comparer asks of who wants it to be said.</summary>
    public JsonObject Complete(JsonObject intent)
    {
        var body = intent.DeepClone().AsObject();
        SayDefaults(body, Rest, inWhole: false);
        return body;
    }

    /// <summary>Fills in, within lists and maps that are owned as a whole, what the server would: the comparer asks that of who wants them.</summary>
    private static void SayDefaults(JsonNode? node, JsonObject schema, bool inWhole)
    {
        switch (node)
        {
            case JsonObject map:
                inWhole |= (string?)schema["x-kubernetes-map-type"] == "atomic";
                foreach (var (name, field) in schema["properties"] as JsonObject ?? [])
                {
                    if (inWhole && !map.ContainsKey(name) && field!["default"] is { } value)
                    {
                        map[name] = value.DeepClone();
                    }

                    SayDefaults(map[name], field!.AsObject(), inWhole);
                }

                break;
            case JsonArray list when schema["items"] is JsonObject items:
                foreach (var item in list)
                {
                    SayDefaults(item, items, inWhole: true);
                }

                break;
        }
    }

    /// <summary>Some empty maps and lists the server keeps, others it drops with their owner: who plans objects does not say them.</summary>
    private static bool Prune(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject map:
                foreach (var name in map.Where(member => Prune(member.Value) && !Kept.Contains(member.Key)).Select(member => member.Key).ToList())
                {
                    map.Remove(name);
                }

                return map.Count == 0;
            case JsonArray list:
                foreach (var item in list)
                {
                    Prune(item);
                }

                return list.Count == 0;
            default:
                return false;
        }
    }

    private JsonNode Sample(Random random, JsonObject schema) => new RandomObject(random) { Optional = Optional }.Make(schema);
}
