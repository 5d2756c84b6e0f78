using System.Globalization;
using System.Text.Json.Nodes;
using Idp.Entities;
using Idp.Kubernetes.Apply;
using Idp.Kubernetes.Model;
using Idp.Operator.Settings;

namespace Idp.Operator.ApplicationEnvironments;

/// <summary>How an ExternalSecret of ours is written and read; no value passes through the operator.</summary>
/// <remarks>https://external-secrets.io/latest/api/externalsecret/</remarks>
internal static class ExternalSecrets
{
    public static readonly ResourceKind ExternalSecret = new("external-secrets.io", "v1", "ExternalSecret", "externalsecrets");

    /// <summary>The kind, which several sections use.</summary>
    public static readonly ChildKind Kind = new(ExternalSecret, DeletionRank.Secrets) { Provider = "External Secrets 0.16 or later" };

    /// <summary>An ExternalSecret in an environment that makes a Secret of its own name.</summary>
    /// <param name="environment">The environment.</param>
    /// <param name="name">The name of both.</param>
    /// <param name="secrets">The keys of the Secret and where their values come from.</param>
    public static DesiredObject Make(EffectiveEnvironment environment, string name, params IEnumerable<SecretVariable> secrets) =>
        environment.Object(ExternalSecret, name, Spec(environment.Settings.Secrets, name, secrets));

    /// <summary>The spec of an ExternalSecret that makes and owns a Secret.</summary>
    /// <param name="settings">The store, and how often it is read.</param>
    /// <param name="name">The name of the Secret.</param>
    /// <param name="secrets">The keys of the Secret and where their values come from.</param>
    public static JsonObject Spec(SecretSettings settings, string name, params IEnumerable<SecretVariable> secrets) => new()
    {
        ["refreshInterval"] = settings.RefreshInterval,
        ["secretStoreRef"] = new JsonObject { ["kind"] = settings.Store.Kind.ToString(), ["name"] = settings.Store.Name },
        ["target"] = new JsonObject { ["name"] = name, ["creationPolicy"] = "Owner", ["deletionPolicy"] = "Retain" },
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

    /// <summary>The state of an ExternalSecret: is its Secret there, made from its present wording?</summary>
    public static ChildState StateOf(KubeObject externalSecret)
    {
        var status = new LenientJson(externalSecret.ToJson())["status"];
        var ready = status["conditions"].Condition("Ready");
        var name = $"ExternalSecret {externalSecret.Key}";
        if (!ready.IsPresent)
        {
            return ChildState.Progressing(Reasons.Progressing, $"{name}: the External Secrets Operator has not looked at it yet.");
        }

        var reason = ready["reason"].Text is { Length: > 0 } word ? word : "SecretSyncedError";
        if (ready["status"].Text != "True")
        {
            return ChildState.Failed(
                reason, $"{name}: {ready["message"].Text}. Check that each remoteRef is in the secret store and may be read.");
        }

        // Both are Ready=True although there is no Secret.
        if (reason is "SecretDeleted" or "SecretMissing")
        {
            return ChildState.Failed(reason, $"{name}: there is no Secret: {ready["message"].Text}");
        }

        // It starts with the generation that was synced last; a failure does not move it.
        var synced = status["syncedResourceVersion"].Text.Split('-')[0];
        return synced == externalSecret.Metadata.Generation.ToString(CultureInfo.InvariantCulture)
            ? ChildState.Ready(reason, $"{name}: {ready["message"].Text}")
            : ChildState.Progressing(Reasons.Progressing, $"{name}: its last change has not been synced yet.");
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
