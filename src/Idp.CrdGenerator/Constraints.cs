using System.Reflection;
using System.Text.Json.Nodes;
using Idp.Kubernetes.Model.Attributes;

namespace Idp.CrdGenerator;

/// <summary>Writes the limits that a property's attributes set into its schema.</summary>
internal static class Constraints
{
    /// <summary>A string, an item of a list of strings, or a value of a map of strings.</summary>
    public static JsonObject Text(JsonObject schema, PropertyInfo property)
    {
        if (property.IsDefined(typeof(IntOrStringAttribute)))
        {
            schema["anyOf"] = new JsonArray(new JsonObject { ["type"] = "integer" }, new JsonObject { ["type"] = "string" });
            Number(schema, property);
        }
        else
        {
            schema["type"] = "string";
        }

        if (property.GetCustomAttribute<LengthAttribute>() is { } length)
        {
            Limits(schema, "minLength", length.MinLength, "maxLength", length.MaxLength);
        }

        if (property.GetCustomAttribute<PatternAttribute>() is { } pattern)
        {
            schema["pattern"] = pattern.Pattern;
        }

        if (property.IsDefined(typeof(IntOrStringAttribute)))
        {
            schema["x-kubernetes-int-or-string"] = true;
        }

        return schema;
    }

    public static JsonObject Number(JsonObject schema, PropertyInfo property)
    {
        if (property.GetCustomAttribute<RangeMinimumAttribute>() is { } minimum)
        {
            schema["minimum"] = minimum.Value;
        }

        if (property.GetCustomAttribute<RangeMaximumAttribute>() is { } maximum)
        {
            schema["maximum"] = maximum.Value;
        }

        return schema;
    }

    public static JsonObject Map(JsonObject schema, PropertyInfo property)
    {
        if (property.GetCustomAttribute<PropertyLimitsAttribute>() is { } limits)
        {
            Limits(schema, "minProperties", limits.MinProperties, "maxProperties", limits.MaxProperties);
        }

        return schema;
    }

    public static JsonObject List(JsonObject schema, PropertyInfo property)
    {
        if (property.GetCustomAttribute<ItemsAttribute>() is { } items)
        {
            Limits(schema, "minItems", items.MinItems, "maxItems", items.MaxItems);
        }

        if (property.GetCustomAttribute<XListMapKeysAttribute>() is { } keys)
        {
            schema["x-kubernetes-list-map-keys"] = new JsonArray([.. keys.Keys.Select(key => JsonValue.Create(key))]);
        }

        // Server-side apply cannot change the topology later: every list says it from the start.
        var type = property.GetCustomAttribute<XListTypeAttribute>()
            ?? throw new InvalidOperationException($"{property.DeclaringType?.Name}.{property.Name} has no [XListType].");
        schema["x-kubernetes-list-type"] = type.Type switch
        {
            XListType.Map => "map",
            XListType.Set => "set",
            _ => "atomic",
        };
        return schema;
    }

    private static void Limits(JsonObject schema, string least, int min, string most, int max)
    {
        if (min > 0)
        {
            schema[least] = min;
        }

        schema[most] = max;
    }
}
