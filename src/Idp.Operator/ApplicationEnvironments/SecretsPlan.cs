using System.Text.Json.Nodes;
using Idp.Entities;
using Idp.Kubernetes.Controllers;

namespace Idp.Operator.ApplicationEnvironments;

/// <summary>The ExternalSecret that brings the application's secrets; their values never pass through the operator.</summary>
/// <remarks>https://external-secrets.io/latest/api/externalsecret/</remarks>
internal static class SecretsPlan
{
    /// <summary>One ExternalSecret, or nothing where no secret is asked for.</summary>
    public static IReadOnlyList<DesiredObject> Make(Target target) =>
        target.Spec.Secrets.Count == 0
            ? []
            : [Make(target, target.Names.Secrets, target.Spec.Secrets)];

    /// <summary>An ExternalSecret that makes a Secret of its own name.</summary>
    /// <param name="target">The environment.</param>
    /// <param name="name">The name of both.</param>
    /// <param name="secrets">The keys of the Secret and where their values come from.</param>
    public static DesiredObject Make(Target target, string name, IEnumerable<SecretVariable> secrets)
    {
        var settings = target.Settings.Secrets;
        var body = target.Begin(ChildKinds.ExternalSecret, name);
        body["spec"] = new JsonObject
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
        return new DesiredObject(ChildKinds.ExternalSecret, body);
    }

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
