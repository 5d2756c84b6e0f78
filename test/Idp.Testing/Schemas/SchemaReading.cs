using System.Text.Json.Nodes;
using Idp.Sandbox.StandIns;

namespace Idp.Testing.Schemas;

/// <summary>Reads the schemas of definitions.</summary>
public static class SchemaReading
{
    /// <summary>The schema of the version that a CustomResourceDefinition stores.</summary>
    public static JsonObject SchemaOf(JsonObject definition) =>
        definition.ObjectsAt("spec", "versions")
            .First(version => version.FlagAt(false, "storage"))["schema"]!["openAPIV3Schema"]!.AsObject();

    /// <summary>The schema of a field, by the names on the way to it; one that lets everything through where nothing is said of it.</summary>
    public static JsonObject Field(this JsonObject schema, params string[] fields) =>
        fields.Aggregate(schema, (within, field) => within["properties"]?[field] as JsonObject ?? []);
}
