using System.Text.Json.Nodes;
using Idp.Entities;
using Idp.Operator.Settings;

namespace Idp.Operator.ApplicationEnvironments;

/// <summary>How an ExternalSecret of ours is written.</summary>
/// <remarks>https://external-secrets.io/latest/api/externalsecret/</remarks>
internal static class ExternalSecretSpec
{
    /// <summary>The spec of an ExternalSecret that makes and owns a Secret.</summary>
    /// <param name="settings">The store, and how often it is read.</param>
    /// <param name="name">The name of the Secret.</param>
    /// <param name="secrets">The keys of the Secret and where their values come from.</param>
    public static JsonObject Make(SecretSettings settings, string name, IEnumerable<SecretVariable> secrets) => new()
    {
        ["refreshInterval"] = settings.RefreshInterval,
        ["secretStoreRef"] = new JsonObject
        {
            ["kind"] = settings.Store.Kind.ToString(),
            ["name"] = settings.Store.Name,
        },
        ["target"] = new JsonObject
        {
            ["name"] = name,
            ["creationPolicy"] = "Owner",
            ["deletionPolicy"] = "Retain",
        },
        ["data"] = new JsonArray([.. secrets.Select(Datum)]),
    };

    /// <summary>A template in whose place nothing of the store's own keys comes into the Secret.</summary>
    /// <param name="data">The keys of the Secret: plain text, or <see cref="ValueOf"/>.</param>
    public static JsonObject Template(JsonObject data) => new()
    {
        ["engineVersion"] = "v2",
        ["mergePolicy"] = "Replace",
        ["data"] = data,
    };

    /// <summary>In a template, the value that came from the store under a key.</summary>
    public static string ValueOf(string key) => $"{{{{ .{key} }}}}";

    private static JsonObject Datum(SecretVariable secret)
    {
        // Some versions of the server fill the three strategies in and some do not, so they are always said.
        var remote = new JsonObject
        {
            ["key"] = secret.RemoteRef.Key,
            ["conversionStrategy"] = "Default",
            ["decodingStrategy"] = "None",
            ["metadataPolicy"] = "None",
        };
        if (secret.RemoteRef.Property is { Length: > 0 } property)
        {
            remote["property"] = property;
        }

        return new JsonObject { ["secretKey"] = secret.Name, ["remoteRef"] = remote };
    }
}
