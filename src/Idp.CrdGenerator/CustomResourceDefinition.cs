using System.Reflection;
using System.Text.Json.Nodes;
using Idp.Kubernetes.Model.Attributes;
using RequiredAttribute = Idp.Kubernetes.Model.Attributes.RequiredAttribute;

namespace Idp.CrdGenerator;

/// <summary>The CustomResourceDefinition of an entity.</summary>
internal static class CustomResourceDefinition
{
    public static JsonObject Of(Type entity, Documentation documentation)
    {
        var kind = entity.GetCustomAttribute<KubernetesEntityAttribute>()
            ?? throw new InvalidOperationException($"{entity.Name} has no [KubernetesEntity].");
        return new JsonObject
        {
            ["apiVersion"] = "apiextensions.k8s.io/v1",
            ["kind"] = "CustomResourceDefinition",
            ["metadata"] = new JsonObject { ["name"] = $"{kind.PluralName}.{kind.Group}" },
            ["spec"] = new JsonObject
            {
                ["group"] = kind.Group,
                ["names"] = Names(entity, kind),
                ["scope"] = "Namespaced",
                ["versions"] = new JsonArray(Version(entity, kind, documentation)),
            },
        };
    }

    private static JsonObject Names(Type entity, KubernetesEntityAttribute kind) => new()
    {
        ["categories"] = Array(kind.Categories),
        ["kind"] = kind.Kind,
        ["listKind"] = $"{kind.Kind}List",
        ["plural"] = kind.PluralName,
        ["shortNames"] = Array(entity.GetCustomAttribute<KubernetesEntityShortNamesAttribute>()?.ShortNames ?? []),
        ["singular"] = kind.Kind.ToLowerInvariant(),
    };

    private static JsonArray Array(IEnumerable<string> values) => [.. values.Select(value => JsonValue.Create(value))];

    private static JsonObject Version(Type entity, KubernetesEntityAttribute kind, Documentation documentation) => new()
    {
        ["name"] = kind.ApiVersion,
        ["served"] = true,
        ["storage"] = true,
        ["subresources"] = new JsonObject { ["status"] = new JsonObject() },
        ["additionalPrinterColumns"] = Columns(entity),
        ["schema"] = new JsonObject { ["openAPIV3Schema"] = Root(entity, documentation) },
    };

    private static JsonArray Columns(Type entity) => [.. entity.GetCustomAttributes<GenericAdditionalPrinterColumnAttribute>().Select(Column)];

    private static JsonObject Column(GenericAdditionalPrinterColumnAttribute column)
    {
        var json = new JsonObject { ["name"] = column.Name, ["type"] = column.Type, ["jsonPath"] = column.JsonPath };
        if (column.Description is not null)
        {
            json["description"] = column.Description;
        }

        if (column.Priority > 0)
        {
            json["priority"] = column.Priority;
        }

        return json;
    }

    private static JsonObject Root(Type entity, Documentation documentation)
    {
        var schema = new Schema(documentation);
        var spec = Property(entity, "Spec");
        var status = Property(entity, "Status");
        var root = new JsonObject
        {
            ["description"] = documentation.Of(entity),
            ["type"] = "object",
            ["properties"] = new JsonObject
            {
                ["apiVersion"] = new JsonObject { ["type"] = "string" },
                ["kind"] = new JsonObject { ["type"] = "string" },
                ["metadata"] = new JsonObject { ["type"] = "object" },
                ["spec"] = schema.OfObject(spec.PropertyType, documentation.Of(spec.PropertyType)),
                ["status"] = schema.OfObject(status.PropertyType, documentation.Of(status.PropertyType)),
            },
        };

        // A spec in which everything has a default may be left out as a whole.
        if (spec.PropertyType.GetProperties().Any(property => property.IsDefined(typeof(RequiredAttribute))))
        {
            root["required"] = new JsonArray("spec");
        }

        Schema.AddRules(root, entity);
        return root;
    }

    private static PropertyInfo Property(Type entity, string name) =>
        entity.GetProperty(name) ?? throw new InvalidOperationException($"{entity.Name} has no {name}.");
}
