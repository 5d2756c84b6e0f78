using System.Text.Json.Nodes;

namespace Idp.Entities.Tests.Manifests;

/// <summary>The rules in CEL of a definition, each with its place as the API server names it.</summary>
internal static class DefinedRules
{
    public static IEnumerable<(string Place, JsonObject Rule)> Of(JsonObject definition) =>
        definition["spec"]!["versions"]!.AsArray().SelectMany(version => Within(version!["schema"]!["openAPIV3Schema"]!.AsObject(), "openAPIV3Schema"));

    private static IEnumerable<(string Place, JsonObject Rule)> Within(JsonObject schema, string place)
    {
        var own = (schema["x-kubernetes-validations"] as JsonArray ?? [])
            .Select((rule, index) => ($"{place}.x-kubernetes-validations[{index}]", rule!.AsObject()));
        var fields = (schema["properties"] as JsonObject ?? [])
            .SelectMany(field => Within(field.Value!.AsObject(), $"{place}.properties[{field.Key}]"));
        return own.Concat(fields).Concat(Inner("items")).Concat(Inner("additionalProperties"));

        IEnumerable<(string Place, JsonObject Rule)> Inner(string name) =>
            schema[name] is JsonObject inner ? Within(inner, $"{place}.{name}") : [];
    }
}
