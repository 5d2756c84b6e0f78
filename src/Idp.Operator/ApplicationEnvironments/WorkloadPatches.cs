using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
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

    // Indented, so that kubectl shows it as a block; with \n on every machine, or it would count as drift.
    private static readonly JsonWriterOptions Layout = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The patches of the Deployment and the Ingress, which the golden path's contract names.</summary>
    public static IReadOnlyList<JsonNode> Make(Target target)
    {
        List<JsonNode> patches = [];
        if (Pod(target) is { Count: > 0 } pod)
        {
            patches.Add(Patch("Deployment", target.Application, new JsonObject
            {
                ["apiVersion"] = "apps/v1",
                ["kind"] = "Deployment",
                ["metadata"] = new JsonObject { ["name"] = target.Application },
                ["spec"] = new JsonObject
                {
                    ["template"] = new JsonObject { ["spec"] = pod },
                },
            }));
        }

        if (target.Spec.Host is { } host)
        {
            patches.Add(Patch("Ingress", target.Application, Hosts(target, host)));
        }

        return patches;
    }

    /// <summary>A strategic merge: containers and pull secrets that the repository names besides stay.</summary>
    private static JsonObject Pod(Target target)
    {
        var pod = new JsonObject();
        if (Container(target) is { Count: > 1 } container)
        {
            pod["containers"] = new JsonArray(container);
        }

        if (target.Settings.ImagePullSecret is not null)
        {
            pod["imagePullSecrets"] = new JsonArray(new JsonObject { ["name"] = ChildNames.PullSecret });
        }

        return pod;
    }

    private static JsonObject Container(Target target)
    {
        var container = new JsonObject { ["name"] = target.Application };
        if (Resources(target.Spec.Workload?.Resources) is { Count: > 0 } resources)
        {
            container["resources"] = resources;
        }

        JsonObject[] variables =
        [
            .. (target.Spec.Workload?.Env ?? []).Select(variable => Plain(variable.Name, variable.Value)),
            .. target.Spec.Secrets.Select(secret => Secret(secret.Name, target.Names.Secrets, secret.Name)),
        ];
        if (target.Spec.Database is not null)
        {
            variables = [.. variables, Secret(DatabaseVariable, target.Names.DatabaseSecret, DatabasePlan.AddressKey)];
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

    private static JsonObject Resources(ComputeResources? resources)
    {
        var body = new JsonObject();
        if (Amounts(resources?.Requests) is { Count: > 0 } requests)
        {
            body["requests"] = requests;
        }

        if (Amounts(resources?.Limits) is { Count: > 0 } limits)
        {
            body["limits"] = limits;
        }

        return body;
    }

    private static JsonObject Amounts(ResourceQuantities? amounts)
    {
        var body = new JsonObject();
        if (amounts?.Cpu is { } cpu)
        {
            body["cpu"] = Quantity.Canonical(cpu);
        }

        if (amounts?.Memory is { } memory)
        {
            body["memory"] = Quantity.Canonical(memory);
        }

        return body;
    }

    /// <summary>"add" also replaces, so it does not matter whether the repository has a host.</summary>
    private static JsonArray Hosts(Target target, string host)
    {
        var name = new JsonObject { ["op"] = "add", ["path"] = "/spec/rules/0/host", ["value"] = host };
        if (target.Settings.Ingress.CertificateIssuer.Length == 0)
        {
            return new JsonArray(name);
        }

        var certificate = new JsonObject
        {
            ["hosts"] = new JsonArray(host),
            ["secretName"] = $"{target.Application}-tls",
        };
        return new JsonArray(
            name,
            new JsonObject { ["op"] = "add", ["path"] = "/spec/tls", ["value"] = new JsonArray(certificate) });
    }

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
