using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Idp.Kubernetes.Model;
using Idp.Kubernetes.Model.Attributes;
using RequiredAttribute = Idp.Kubernetes.Model.Attributes.RequiredAttribute;

namespace Idp.CrdGenerator;

/// <summary>The structural OpenAPI v3 schema of a type.</summary>
/// <remarks>https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#specifying-a-structural-schema</remarks>
internal sealed class Schema(Documentation documentation)
{
    /// <summary>A type that has fields.</summary>
    public JsonObject OfObject(Type type, string description)
    {
        var schema = new JsonObject { ["description"] = description, ["type"] = "object" };
        var fields = new JsonObject();
        var required = new JsonArray();
        foreach (var property in Fields(type))
        {
            fields[NameOf(property)] = type == typeof(Condition)
                ? Constraints.OfCondition(OfProperty(property), property.Name)
                : OfProperty(property);
            if (IsRequired(property))
            {
                required.Add(JsonValue.Create(NameOf(property)));
            }
        }

        schema["properties"] = fields;
        if (required.Count > 0)
        {
            schema["required"] = required;
        }

        AddRules(schema, type);
        return schema;
    }

    public static void AddRules(JsonObject schema, MemberInfo member)
    {
        var rules = member.GetCustomAttributes<ValidationRuleAttribute>().ToList();
        if (rules.Count > 0)
        {
            schema["x-kubernetes-validations"] = new JsonArray(
                [.. rules.Select(rule => new JsonObject { ["message"] = rule.Message, ["rule"] = rule.Rule })]);
        }
    }

    private JsonObject OfProperty(PropertyInfo property)
    {
        var schema = OfType(property.PropertyType, property, documentation.Of(property));
        if (property.GetCustomAttribute<DefaultValueAttribute>() is { } fallback)
        {
            schema["default"] = fallback.Value switch
            {
                Enum value => NamesOf(value.GetType())[Convert.ToInt32(value, null)],
                bool value => value,
                _ => throw new NotSupportedException($"{property.Name}: a default of {fallback.Value.GetType()} has no schema."),
            };
        }

        AddRules(schema, property);
        return schema;
    }

    private JsonObject OfType(Type type, PropertyInfo property, string description)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        var schema = new JsonObject { ["description"] = description };
        return type switch
        {
            _ when type == typeof(string) => Constraints.Text(schema, property),
            _ when type == typeof(bool) => With(schema, "boolean"),
            _ when type == typeof(int) => Constraints.Number(With(schema, "integer", "int32"), property),
            _ when type == typeof(long) => Constraints.Number(With(schema, "integer", "int64"), property),
            _ when type == typeof(DateTimeOffset) => With(schema, "string", "date-time"),
            { IsEnum: true } => OfEnum(type, schema),
            { IsGenericType: true } => OfCollection(type, property, schema),
            _ => OfObject(type, description),
        };
    }

    private static JsonObject OfEnum(Type type, JsonObject schema)
    {
        With(schema, "string")["enum"] = new JsonArray([.. NamesOf(type).Select(name => JsonValue.Create(name))]);
        return schema;
    }

    private JsonObject OfCollection(Type type, PropertyInfo property, JsonObject schema)
    {
        var item = type.GetGenericArguments()[^1];
        var items = item == typeof(string) ? Constraints.Text([], property)
            : item == typeof(int) ? With([], "integer", "int32")
            : OfObject(item, documentation.Of(item));
        if (type.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>))
        {
            With(schema, "object")["additionalProperties"] = items;
            return Constraints.Map(schema, property);
        }

        if (type.GetGenericTypeDefinition() != typeof(IReadOnlyList<>))
        {
            throw new NotSupportedException($"{property.DeclaringType?.Name}.{property.Name}: {type} has no schema.");
        }

        With(schema, "array")["items"] = items;
        return Constraints.List(schema, property);
    }

    private static JsonObject With(JsonObject schema, string type, string? format = null)
    {
        schema["type"] = type;
        if (format is not null)
        {
            schema["format"] = format;
        }

        return schema;
    }

    private static IEnumerable<PropertyInfo> Fields(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.GetCustomAttribute<JsonIgnoreAttribute>() is null)
            .OrderBy(property => property.DeclaringType == type)
            .ThenBy(property => property.MetadataToken);

    private static string NameOf(PropertyInfo property) =>
        property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? JsonNamingPolicy.CamelCase.ConvertName(property.Name);

    private static bool IsRequired(PropertyInfo property) =>
        property.IsDefined(typeof(RequiredMemberAttribute)) || property.IsDefined(typeof(RequiredAttribute));

    private static List<string> NamesOf(Type type) =>
        [.. Enum.GetNames(type).Select(name =>
            type.GetField(name)?.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()?.Name ?? name)];
}
