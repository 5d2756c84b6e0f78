using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Idp.Entities;
using Idp.Kubernetes.Model;

namespace Idp.Operator.ApplicationEnvironments;

/// <summary>What the manifest decides over the repository, as kustomize patches. What it does not set has no patch.</summary>
/// <remarks>https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/patches/</remarks>
internal static class WorkloadPatches
{
    private const string DatabaseVariable = "DATABASE_URL";
    private const string Autoscaler = "HorizontalPodAutoscaler";

    // Indented, so that kubectl shows it as a block; with \n on every machine, or it would count as drift.
    private static readonly JsonWriterOptions Layout = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = PlainJsonEncoder.Instance,
    };

    /// <summary>The patches of the Deployment and the Ingress, which the golden path's contract names.</summary>
    public static IReadOnlyList<JsonNode> Make(EffectiveEnvironment environment)
    {
        List<JsonNode> patches = [];
        if (Pod(environment) is { Count: > 0 } pod)
        {
            patches.Add(Patch("Deployment", environment.Application, new JsonObject
            {
                ["apiVersion"] = "apps/v1",
                ["kind"] = "Deployment",
                ["metadata"] = new JsonObject { ["name"] = environment.Application },
                ["spec"] = new JsonObject
                {
                    ["template"] = new JsonObject { ["spec"] = pod },
                },
            }));
        }

        if (environment.Spec.Host is { } host)
        {
            patches.Add(Patch("Ingress", environment.Application, Hosts(environment, host)));
        }

        if (environment.Spec.Workload?.Replicas is not null)
        {
            patches.Add(Patch(Autoscaler, environment.Application, Without(Autoscaler, "autoscaling/v2", environment.Application)));
        }

        return patches;
    }

    /// <summary>A strategic merge: containers and pull secrets that the repository names besides stay.</summary>
    private static JsonObject Pod(EffectiveEnvironment environment)
    {
        var pod = new JsonObject();
        if (Container(environment) is { Count: > 1 } container)
        {
            pod["containers"] = new JsonArray(container);
        }

        if (environment.Settings.ImagePullSecret is not null)
        {
            pod["imagePullSecrets"] = new JsonArray(new JsonObject { ["name"] = ChildNames.PullSecret });
        }

        return pod;
    }

    private static JsonObject Container(EffectiveEnvironment environment)
    {
        var container = new JsonObject { ["name"] = environment.Application };
        if (environment.Spec.Workload?.Resources is { } wanted && Resources(wanted) is { Count: > 0 } resources)
        {
            container["resources"] = resources;
        }

        JsonObject[] variables =
        [
            .. (environment.Spec.Workload?.Env ?? []).Select(variable => Plain(variable.Name, variable.Value)),
            .. environment.Spec.Secrets.Select(secret => Secret(secret.Name, environment.Names.Secrets, secret.Name)),
        ];
        if (environment.Spec.Database is not null)
        {
            var address = environment.DatabaseProvider.AddressOf(environment);
            variables = [.. variables, Secret(DatabaseVariable, address.Secret, address.Key)];
        }

        if (variables.Length > 0)
        {
            container["env"] = new JsonArray([.. variables]);
        }

        return container;
    }

    /// <summary>A plain value, in place of a reference that the repository may have.</summary>
    private static JsonObject Plain(string name, string value) =>
        new() { ["name"] = name, ["value"] = value, ["valueFrom"] = null };

    /// <summary>A reference, in place of a plain value that the repository may have: both at once would be refused.</summary>
    private static JsonObject Secret(string name, string secret, string key) => new()
    {
        ["name"] = name,
        ["value"] = null,
        ["valueFrom"] = new JsonObject
        {
            ["secretKeyRef"] = new JsonObject { ["name"] = secret, ["key"] = key },
        },
    };

    /// <summary>In the spelling of the API server, and nothing of what is left open.</summary>
    private static JsonObject Resources(ComputeResources resources)
    {
        var body = JsonSerializer.SerializeToNode(resources, EntitiesJson.Default.ComputeResources)!.AsObject();
        foreach (var (part, quantities) in body.ToList())
        {
            var canonical = quantities!.AsObject().Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)Quantity.Canonical((string)entry.Value!)));
            body[part] = new JsonObject(canonical);
        }

        return new JsonObject(body.Where(part => part.Value is JsonObject { Count: > 0 }).Select(part => KeyValuePair.Create(part.Key, part.Value?.DeepClone())));
    }

    /// <summary>"add" also replaces, so it does not matter whether the repository has a host.</summary>
    private static JsonArray Hosts(EffectiveEnvironment environment, string host)
    {
        var name = new JsonObject { ["op"] = "add", ["path"] = "/spec/rules/0/host", ["value"] = host };
        if (environment.Settings.Ingress.CertificateIssuer.Length == 0)
        {
            return new JsonArray(name);
        }

        var certificate = new JsonObject
        {
            ["hosts"] = new JsonArray(host),
            ["secretName"] = $"{environment.Application}-tls",
        };
        return new JsonArray(
            name,
            new JsonObject { ["op"] = "add", ["path"] = "/spec/tls", ["value"] = new JsonArray(certificate) });
    }

    /// <summary>Takes an object out: an autoscaler would fight for another number than the manifest fixes. Where there is none, nothing happens.</summary>
    private static JsonObject Without(string kind, string apiVersion, string name) => new()
    {
        ["apiVersion"] = apiVersion,
        ["kind"] = kind,
        ["metadata"] = new JsonObject { ["name"] = name },
        ["$patch"] = "delete",
    };

    private static JsonObject Patch(string kind, string name, JsonNode patch)
    {
        var text = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(text, Layout))
        {
            patch.WriteTo(writer);
        }

        return new JsonObject
        {
            ["target"] = new JsonObject { ["kind"] = kind, ["name"] = name },
            ["patch"] = Encoding.UTF8.GetString(text.WrittenSpan),
        };
    }
}
