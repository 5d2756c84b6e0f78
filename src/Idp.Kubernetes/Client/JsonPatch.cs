using System.Text.Json.Nodes;

namespace Idp.Kubernetes.Client;

/// <summary>A JSON patch (RFC 6902): changes of an object that are made all together or not at all.</summary>
/// <remarks>Begin with <see cref="Test"/>: it makes the patch a no to a world that is not as it was seen.</remarks>
public sealed class JsonPatch
{
    private readonly JsonArray _operations = [];

    /// <summary>Refuses the whole patch unless the value at the path is this one.</summary>
    public JsonPatch Test(string path, JsonNode? value) => With("test", path, value);

    /// <summary>Adds a member or a list element; <c>/-</c> at the end of the path appends.</summary>
    public JsonPatch Add(string path, JsonNode? value) => With("add", path, value);

    /// <summary>Puts another value where there is one.</summary>
    public JsonPatch Replace(string path, JsonNode? value) => With("replace", path, value);

    /// <summary>Removes a member or a list element.</summary>
    public JsonPatch Remove(string path)
    {
        _operations.Add((JsonNode)new JsonObject { ["op"] = "remove", ["path"] = path });
        return this;
    }

    /// <summary>Escapes one segment of a path, such as a label's name.</summary>
    public static string Escape(string segment) =>
        segment.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    /// <summary>The patch as it is sent, to be read and not to be changed.</summary>
    public JsonArray ToJson() => _operations;

    private JsonPatch With(string operation, string path, JsonNode? value)
    {
        _operations.Add((JsonNode)new JsonObject { ["op"] = operation, ["path"] = path, ["value"] = value?.DeepClone() });
        return this;
    }
}
