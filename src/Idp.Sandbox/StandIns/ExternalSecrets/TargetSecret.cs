using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Idp.Kubernetes.Model;

namespace Idp.Sandbox.StandIns.ExternalSecrets;

/// <summary>The Secret that an ExternalSecret asks for; a value once made up is kept.</summary>
internal static partial class TargetSecret
{
    /// <summary>Marks a Secret whose values are made up.</summary>
    public const string FakeAnnotation = "sandbox.idp.dev/fake-values";

    /// <summary>The whole Secret, or null where the ExternalSecret wants none of its own.</summary>
    public static JsonObject? Of(KubeObject owner, JsonObject body, Moment moment)
    {
        var policy = body.TextAt("spec", "target", "creationPolicy") ?? "Owner";
        if (policy is "None" or "Merge")
        {
            return null;
        }

        var name = body.TextAt("spec", "target", "name") ?? owner.Key.Name;
        var existing = moment.Find(ForeignKinds.Secret, owner.Key with { Name = name })?.ToJson();
        var metadata = new JsonObject
        {
            ["name"] = name,
            ["namespace"] = owner.Key.Namespace,
            ["labels"] = new JsonObject(
            [
                .. body.MembersAt("spec", "target", "template", "metadata", "labels").Select(label => KeyValuePair.Create(label.Key, label.Value?.DeepClone())),
                KeyValuePair.Create("reconcile.external-secrets.io/managed", (JsonNode?)"true"),
            ]),
            ["annotations"] = new JsonObject { [FakeAnnotation] = "true" },
        };
        if (policy == "Owner")
        {
            metadata["ownerReferences"] = new JsonArray(OwnerReferenceTo(owner));
        }

        return new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Secret",
            ["metadata"] = metadata,
            ["type"] = body.TextAt("spec", "target", "template", "type") ?? "Opaque",
            ["data"] = DataOf(body, existing, moment),
        };
    }

    /// <summary>Every remote key that the ExternalSecret reads.</summary>
    public static IEnumerable<string> RemoteKeys(JsonObject body) =>
        body.ObjectsAt("spec", "data").Select(item => item.TextAt("remoteRef", "key"))
            .Concat(body.ObjectsAt("spec", "dataFrom").Select(item => item.TextAt("extract", "key")))
            .OfType<string>();

    /// <summary>An owner reference with which the garbage collector removes the dependent.</summary>
    public static JsonObject OwnerReferenceTo(KubeObject owner) => new()
    {
        ["apiVersion"] = owner.Kind.ApiVersion,
        ["kind"] = owner.Kind.Kind,
        ["name"] = owner.Key.Name,
        ["uid"] = owner.Metadata.Uid,
        ["controller"] = true,
        ["blockOwnerDeletion"] = true,
    };

    private static JsonObject DataOf(JsonObject body, JsonObject? existing, Moment moment)
    {
        var data = new JsonObject();
        if (body.At("spec", "target", "template", "data") is JsonObject template)
        {
            foreach (var (key, text) in template)
            {
                data[key] = Filled(key, text?.GetValue<string>() ?? "", existing, moment);
            }

            return data;
        }

        foreach (var key in body.ObjectsAt("spec", "data").Select(item => item.TextAt("secretKey")).OfType<string>())
        {
            data[key] = existing.TextAt("data", key) ?? Base64(Made(key, moment));
        }

        return data;
    }

    /// <summary>A key of a template: plain text, or text around values of the store.</summary>
    private static string Filled(string key, string text, JsonObject? existing, Moment moment) => Value().IsMatch(text)
        ? existing.TextAt("data", key) ?? Base64(Value().Replace(text, Made(key, moment)))
        : Base64(text);

    /// <summary>A value for a key; where Kubernetes looks at the form, of that form.</summary>
    private static string Made(string key, Moment moment) => key switch
    {
        "uri" => $"postgresql://app:{moment.RandomValue()}@database.sandbox.invalid:5432/app",
        ".dockerconfigjson" => $$$$"""{"auths":{"registry.sandbox.invalid":{"username":"app","password":"{{{{moment.RandomValue()}}}}"}}}""",
        _ => moment.RandomValue(),
    };

    private static string Base64(string value) => Convert.ToBase64String(Encoding.UTF8.GetBytes(value));

    [GeneratedRegex(@"\{\{ \.[A-Za-z_]\w* \}\}")]
    private static partial Regex Value();
}
