using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Octokit.Internal;

namespace Idp.GitHub;

/// <summary>Writes and reads our own bodies by source-generated code, and Octokit's models by its own reflection.</summary>
internal sealed class OctokitJson : IJsonSerializer
{
    private readonly SimpleJsonSerializer _models = new();

    /// <inheritdoc/>
    public string Serialize(object item) =>
        Own(item.GetType()) is { } own ? JsonSerializer.Serialize(item, own) : _models.Serialize(item);

    /// <inheritdoc/>
    public T Deserialize<T>(string json) =>
        Own(typeof(T)) is JsonTypeInfo<T> own ? JsonSerializer.Deserialize(json, own)! : _models.Deserialize<T>(json);

    private static JsonTypeInfo? Own(Type type) => GitHubJson.Default.GetTypeInfo(type) ?? AdministrationJson.Default.GetTypeInfo(type);
}
