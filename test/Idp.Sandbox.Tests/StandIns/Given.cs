using System.Text.Json.Nodes;
using Idp.Kubernetes.Model;
using Idp.Sandbox.StandIns;
using Idp.Sandbox.Yaml;

namespace Idp.Sandbox.Tests.StandIns;

/// <summary>Objects and moments for tests of pure functions.</summary>
internal static class Given
{
    public static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    public static KubeObject Object(ResourceKind kind, string yaml)
    {
        var body = YamlText.ReadObjects(yaml)[0];
        body["apiVersion"] = kind.ApiVersion;
        body["kind"] = kind.Kind;
        var metadata = body["metadata"]!.AsObject();
        metadata["namespace"] ??= "shop";
        metadata["uid"] ??= $"uid-of-{metadata["name"]}";
        metadata["generation"] ??= 1;
        metadata["creationTimestamp"] ??= "2026-01-01T12:00:00Z";
        return KubeObject.From(kind, body);
    }

    public static KubeObject With(this KubeObject item, JsonObject? status)
    {
        var body = item.ToJson();
        body["status"] = status?.DeepClone();
        return KubeObject.From(item.Kind, body);
    }

    public static Moment Moment(params KubeObject[] world) => new()
    {
        Now = Noon,
        Find = (kind, key) => world.FirstOrDefault(item => item.Kind == kind && item.Key == key),
    };

    public static string? Ready(this Reaction reaction) => ForeignConditions.Find(reaction.Status, "Ready").TextAt("status");

    public static string? Reason(this Reaction reaction) => ForeignConditions.Find(reaction.Status, "Ready").TextAt("reason");
}
