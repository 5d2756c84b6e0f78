using System.Reflection;
using System.Text.Json.Nodes;
using Idp.Kubernetes.Model;
using Idp.Kubernetes.Model.Attributes;

namespace Idp.CrdGenerator;

/// <summary>Writes the limits that a property's attributes set into its schema.</summary>
internal static class Constraints
{
    /// <summary>The limits that Kubernetes itself sets for <c>metav1.Condition</c>.</summary>
    /// <remarks>https://github.com/kubernetes/apimachinery/blob/master/pkg/apis/meta/v1/types.go</remarks>
    private static readonly Dictionary<string, (string Limit, JsonNode Value)[]> OfConditions = new()
    {
        [nameof(Condition.Type)] =
        [
            ("maxLength", 316),
            ("pattern", "^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])$"),
        ],
        [nameof(Condition.Reason)] = [("minLength", 1), ("maxLength", 1024), ("pattern", "^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$")],
        [nameof(Condition.Message)] = [("maxLength", 32768)],
        [nameof(Condition.ObservedGeneration)] = [("minimum", 0)],
    };

    /// <summary>A property of a condition, whose type has no attributes.</summary>
    public static JsonObject OfCondition(JsonObject schema, string property)
    {
        foreach (var (limit, value) in OfConditions.GetValueOrDefault(property) ?? [])
        {
            schema[limit] = value.DeepClone();
        }

        return schema;
    }

    /// <summary>A string, an item of a list of strings, or a value of a map of strings.</summary>
    public static JsonObject Text(JsonObject schema, PropertyInfo property)
    {
        var isQuantity = property.IsDefined(typeof(IntOrStringAttribute));
        if (isQuantity)
        {
            schema["anyOf"] = new JsonArray(new JsonObject { ["type"] = "integer" }, new JsonObject { ["type"] = "string" });
            Number(schema, property);
        }
        else
        {
            schema["type"] = "string";
        }

        Set<LengthAttribute>(schema, property, "minLength", length => Least(length.MinLength));
        Set<LengthAttribute>(schema, property, "maxLength", length => length.MaxLength);
        Set<PatternAttribute>(schema, property, "pattern", pattern => pattern.Pattern);
        Set<IntOrStringAttribute>(schema, property, "x-kubernetes-int-or-string", _ => true);
        return schema;
    }

    /// <summary>A whole number, or a quantity that is written as one.</summary>
    public static JsonObject Number(JsonObject schema, PropertyInfo property)
    {
        Set<RangeMinimumAttribute>(schema, property, "minimum", minimum => minimum.Value);
        Set<RangeMaximumAttribute>(schema, property, "maximum", maximum => maximum.Value);
        return schema;
    }

    /// <summary>A map of strings.</summary>
    public static JsonObject Map(JsonObject schema, PropertyInfo property)
    {
        Set<PropertyLimitsAttribute>(schema, property, "minProperties", limits => Least(limits.MinProperties));
        Set<PropertyLimitsAttribute>(schema, property, "maxProperties", limits => limits.MaxProperties);
        return schema;
    }

    /// <summary>A list; server-side apply cannot change its topology later, so every one says it from the start.</summary>
    public static JsonObject List(JsonObject schema, PropertyInfo property)
    {
        if (!property.IsDefined(typeof(XListTypeAttribute)))
        {
            throw new InvalidOperationException($"{property.DeclaringType?.Name}.{property.Name} has no [XListType].");
        }

        Set<ItemsAttribute>(schema, property, "minItems", items => Least(items.MinItems));
        Set<ItemsAttribute>(schema, property, "maxItems", items => items.MaxItems);
        Set<XListMapKeysAttribute>(
            schema, property, "x-kubernetes-list-map-keys", keys => new JsonArray([.. keys.Keys.Select(key => JsonValue.Create(key))]));
        Set<XListTypeAttribute>(schema, property, "x-kubernetes-list-type", type => type.Type.ToString().ToLowerInvariant());
        return schema;
    }

    private static JsonNode? Least(int limit) => limit > 0 ? limit : null;

    private static void Set<T>(JsonObject schema, PropertyInfo property, string limit, Func<T, JsonNode?> value)
        where T : Attribute
    {
        if (property.GetCustomAttribute<T>() is { } attribute && value(attribute) is { } node)
        {
            schema[limit] = node;
        }
    }
}
