using System.Text.Json.Nodes;
using Idp.Kubernetes.Model;

namespace Idp.Sandbox.StandIns.Workloads;

/// <summary>What a pod cannot start without.</summary>
internal static class PodReferences
{
    /// <summary>The first missing reference in the kubelet's words, or null when the pod could start.</summary>
    public static string? FirstMissing(JsonNode? podSpec, string @namespace, Moment moment)
    {
        foreach (var (kind, name, key) in All(podSpec))
        {
            var found = moment.Find(kind, new ObjectKey(@namespace, name));
            if (found is null)
            {
                return $"{kind.Plural[..^1]} \"{name}\" not found";
            }

            if (key is not null && found.ToJson().At("data", key) is null)
            {
                return $"couldn't find key {key} in {kind.Kind} {@namespace}/{name}";
            }
        }

        return null;
    }

    private static IEnumerable<(ResourceKind Kind, string Name, string? Key)> All(JsonNode? podSpec)
    {
        foreach (var container in podSpec.ObjectsAt("initContainers").Concat(podSpec.ObjectsAt("containers")))
        {
            foreach (var variable in container.ObjectsAt("env").Select(item => item.At("valueFrom")))
            {
                foreach (var reference in Keyed(variable, "secretKeyRef", ForeignKinds.Secret)
                    .Concat(Keyed(variable, "configMapKeyRef", ForeignKinds.ConfigMap)))
                {
                    yield return reference;
                }
            }

            foreach (var source in container.ObjectsAt("envFrom"))
            {
                foreach (var reference in Keyed(source, "secretRef", ForeignKinds.Secret)
                    .Concat(Keyed(source, "configMapRef", ForeignKinds.ConfigMap)))
                {
                    yield return reference;
                }
            }
        }
    }

    private static IEnumerable<(ResourceKind Kind, string Name, string? Key)> Keyed(
        JsonNode? source, string member, ResourceKind kind)
    {
        if (source.TextAt(member, "name") is { } name && !source.FlagAt(false, member, "optional"))
        {
            yield return (kind, name, source.TextAt(member, "key"));
        }
    }
}
