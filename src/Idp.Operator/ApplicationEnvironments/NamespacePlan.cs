using System.Text.Json.Nodes;
using Idp.Entities;
using Idp.Kubernetes.Apply;
using Idp.Kubernetes.Model;

namespace Idp.Operator.ApplicationEnvironments;

/// <summary>The namespace and what keeps it within its bounds.</summary>
/// <remarks>Traffic that leaves the namespace is not restricted in this version.</remarks>
internal static class NamespacePlan
{
    public const string QuotaName = "idp-quota";
    public const string DefaultsName = "idp-defaults";
    public const string IsolationName = "idp-isolation";

    /// <summary>The namespace first, as the gate of everything else, then its guardrails.</summary>
    public static IReadOnlyList<DesiredObject> Make(Target target)
    {
        var guardrails = Guardrails.Of(target);
        List<DesiredObject> objects = [Namespace(target, guardrails)];
        if (guardrails.Quota.Count > 0)
        {
            objects.Add(Quota(target, guardrails));
        }

        objects.Add(Defaults(target, guardrails));
        if (guardrails.Isolation == NetworkIsolation.Namespace)
        {
            objects.Add(Isolation(target));
        }

        objects.AddRange(guardrails.Access.Select(access => Binding(target, access)));
        return objects;
    }

    /// <summary>https://kubernetes.io/docs/concepts/security/pod-security-admission/</summary>
    private static DesiredObject Namespace(Target target, Guardrails guardrails)
    {
        var body = target.Begin(WellKnownKinds.Namespace, target.Namespace);
        var labels = body["metadata"]!["labels"]!;
        foreach (var (mode, level) in Levels(target, guardrails))
        {
            labels[$"pod-security.kubernetes.io/{mode}"] = level.ToString().ToLowerInvariant();
            labels[$"pod-security.kubernetes.io/{mode}-version"] = "latest";
        }

        if (target.RetainsData)
        {
            body["metadata"]!["annotations"] = new JsonObject { [Target.DeletionPolicyAnnotation] = "Retain" };
        }

        return new DesiredObject(WellKnownKinds.Namespace, body) { Gate = true, Retain = target.RetainsData };
    }

    /// <summary>
    /// SchemaHero's own pod, which runs beside the tables, says nothing of its security and cannot be told to: where
    /// Restricted is enforced it never starts, so there Baseline is enforced and every other pod is still warned about.
    /// </summary>
    private static (string Mode, PodSecurity Level)[] Levels(Target target, Guardrails guardrails)
    {
        var asked = guardrails.PodSecurity;
        var hasTables = target.Spec.Database is { Tables.Count: > 0 };
        var enforced = hasTables && asked == PodSecurity.Restricted ? PodSecurity.Baseline : asked;
        return [("enforce", enforced), ("audit", asked), ("warn", asked)];
    }

    private static DesiredObject Quota(Target target, Guardrails guardrails)
    {
        var body = target.Begin(WellKnownKinds.ResourceQuota, QuotaName);
        var hard = guardrails.Quota.Select(limit => KeyValuePair.Create(limit.Key, (JsonNode?)limit.Value));
        body["spec"] = new JsonObject { ["hard"] = new JsonObject(hard) };
        return new DesiredObject(WellKnownKinds.ResourceQuota, body);
    }

    /// <summary>Processor time is requested and not limited; memory is both.</summary>
    private static DesiredObject Defaults(Target target, Guardrails guardrails)
    {
        var body = target.Begin(WellKnownKinds.LimitRange, DefaultsName);
        body["spec"] = new JsonObject
        {
            ["limits"] = new JsonArray(new JsonObject
            {
                ["type"] = "Container",
                ["default"] = new JsonObject { ["memory"] = guardrails.DefaultMemory },
                ["defaultRequest"] = new JsonObject
                {
                    ["cpu"] = guardrails.DefaultCpu,
                    ["memory"] = guardrails.DefaultMemory,
                },
            }),
        };
        return new DesiredObject(WellKnownKinds.LimitRange, body);
    }

    private static DesiredObject Isolation(Target target)
    {
        var body = target.Begin(WellKnownKinds.NetworkPolicy, IsolationName);
        List<JsonNode> sources = [new JsonObject { ["podSelector"] = new JsonObject() }];
        if (target.Settings.Network.AllowedNamespaces is { Count: > 0 } allowed)
        {
            sources.Add(new JsonObject { ["namespaceSelector"] = Named(allowed) });
        }

        body["spec"] = new JsonObject
        {
            ["podSelector"] = new JsonObject(),
            ["policyTypes"] = new JsonArray("Ingress"),
            ["ingress"] = new JsonArray(new JsonObject { ["from"] = new JsonArray([.. sources]) }),
        };
        return new DesiredObject(WellKnownKinds.NetworkPolicy, body);
    }

    /// <summary>https://kubernetes.io/docs/reference/labels-annotations-taints/#kubernetes-io-metadata-name</summary>
    private static JsonObject Named(IEnumerable<string> namespaces) => new()
    {
        ["matchExpressions"] = new JsonArray(new JsonObject
        {
            ["key"] = "kubernetes.io/metadata.name",
            ["operator"] = "In",
            ["values"] = new JsonArray([.. namespaces.Select(name => (JsonNode?)name)]),
        }),
    };

    private static DesiredObject Binding(Target target, AccessSpec access)
    {
        var body = target.Begin(WellKnownKinds.RoleBinding, ChildNames.BindingOf(access.Role, access.Group));
        body["roleRef"] = new JsonObject
        {
            ["apiGroup"] = "rbac.authorization.k8s.io",
            ["kind"] = "ClusterRole",
            ["name"] = access.Role.ToString().ToLowerInvariant(),
        };
        body["subjects"] = new JsonArray(new JsonObject
        {
            ["apiGroup"] = "rbac.authorization.k8s.io",
            ["kind"] = "Group",
            ["name"] = access.Group,
        });
        return new DesiredObject(WellKnownKinds.RoleBinding, body);
    }
}
