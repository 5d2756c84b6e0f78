using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Idp.Kubernetes.Model;

namespace Idp.Sandbox.StandIns.ExternalSecrets;

/// <summary>What the External Secrets Operator makes of an ExternalSecret, with made-up values.</summary>
/// <remarks>
/// Reasons and the form of <c>syncedResourceVersion</c> as in External Secrets 2.9; there is no periodic refresh.
/// https://external-secrets.io/latest/api/externalsecret/
/// </remarks>
internal sealed class ExternalSecretsReactor : IReactor
{
    private const string FailedMessage = "could not get secret data from provider";

    public string Name => "external-secrets stand-in";

    public string FieldManager => "external-secrets";

    public IReadOnlyList<ResourceKind> Subjects { get; } =
        [ForeignKinds.ExternalSecret, ForeignKinds.SecretStore, ForeignKinds.ClusterSecretStore];

    public IReadOnlyList<ResourceKind> Surroundings { get; } = [ForeignKinds.Secret];

    public Reaction React(KubeObject subject, Moment moment)
    {
        ArgumentNullException.ThrowIfNull(subject);
        ArgumentNullException.ThrowIfNull(moment);
        if (subject.Metadata.IsDeleting)
        {
            return Reaction.None;
        }

        return subject.Kind == ForeignKinds.ExternalSecret ? Synchronise(subject, moment) : Validate(subject, moment);
    }

    private static Reaction Validate(KubeObject store, Moment moment)
    {
        var previous = store.ToJson()["status"];
        var fault = moment.FaultOf(store);
        var valid = fault is null;
        var ready = ForeignConditions.Condition(
            previous,
            "Ready",
            valid,
            valid ? "Valid" : "InvalidProviderConfig",
            fault ?? "store validated",
            moment);
        return new Reaction
        {
            Status = new JsonObject { ["capabilities"] = "ReadWrite", ["conditions"] = new JsonArray(ready) },
        };
    }

    private static Reaction Synchronise(KubeObject subject, Moment moment)
    {
        var left = moment.Left(subject.Metadata.CreationTimestamp);
        if (left > TimeSpan.Zero)
        {
            return new Reaction { LookAgain = left };
        }

        var body = subject.ToJson();
        if (WhyNot(subject, body, moment) is { } why)
        {
            return new Reaction { Status = Failed(body["status"], why, moment) };
        }

        var secret = TargetSecret.Of(subject, body, moment);
        return new Reaction
        {
            Status = Synced(subject, body["status"], secret, moment),
            Makes = secret is null ? [] : [new MadeObject(ForeignKinds.Secret, secret)],
        };
    }

    private static string? WhyNot(KubeObject subject, JsonObject body, Moment moment)
    {
        if (moment.FaultOf(subject) is { } fault)
        {
            return fault;
        }

        var name = body.TextAt("spec", "secretStoreRef", "name") ?? "";
        var store = body.TextAt("spec", "secretStoreRef", "kind") == ForeignKinds.ClusterSecretStore.Kind
            ? moment.Find(ForeignKinds.ClusterSecretStore, new ObjectKey("", name))
            : moment.Find(ForeignKinds.SecretStore, subject.Key with { Name = name });
        return store is null || TargetSecret.RemoteKeys(body).Any(moment.Faults.IsMissing)
            ? FailedMessage
            : null;
    }

    // A failed synchronisation leaves refreshTime and syncedResourceVersion as the last good one set them.
    private static JsonObject Failed(JsonNode? previous, string why, Moment moment)
    {
        var status = previous?.DeepClone() as JsonObject ?? [];
        status["conditions"] = new JsonArray(
            ForeignConditions.Condition(previous, "Ready", holds: false, "SecretSyncedError", why, moment));
        return status;
    }

    private static JsonObject Synced(KubeObject subject, JsonNode? previous, JsonObject? secret, Moment moment)
    {
        var version = $"{subject.Metadata.Generation}-{HashOf(subject.Metadata)}";
        var ready = ForeignConditions.Condition(
            previous, "Ready", holds: true, "SecretSynced", "secret synced", moment);
        var current = previous.TextAt("syncedResourceVersion") == version
            && ForeignConditions.Find(previous, "Ready").TextAt("status") == "True";
        var status = new JsonObject
        {
            ["conditions"] = new JsonArray(ready),
            ["refreshTime"] = (current ? previous.TextAt("refreshTime") : null) ?? moment.Timestamp,
            ["syncedResourceVersion"] = version,
        };
        if (secret.TextAt("metadata", "name") is { } name)
        {
            status["binding"] = new JsonObject { ["name"] = name };
        }

        return status;
    }

    private static string HashOf(ObjectMeta metadata)
    {
        var text = new StringBuilder();
        foreach (var (key, value) in metadata.Labels.Concat(metadata.Annotations).OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            text.Append(key).Append('=').Append(value).Append('\n');
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..56];
    }
}
