using System.Text.Json.Nodes;

namespace Idp.Kubernetes.Apply;

/// <summary>Leaves out null members: to say null is to say nothing.</summary>
internal static class Nulls
{
    public static JsonObject Without(JsonObject node)
    {
        var result = new JsonObject();
        foreach (var (name, value) in node)
        {
            if (value is not null)
            {
                result[name] = Without(value);
            }
        }

        return result;
    }

    private static JsonNode Without(JsonNode node) => node switch
    {
        JsonObject fields => Without(fields),
        JsonArray elements => new JsonArray([.. elements.Select(element => element is null ? null : Without(element))]),
        _ => node.DeepClone(),
    };
}
