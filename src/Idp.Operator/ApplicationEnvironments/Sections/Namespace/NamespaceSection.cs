using System.Text.Json.Nodes;
using Idp.Entities;
using Idp.Kubernetes.Apply;
using Idp.Kubernetes.Controllers.Rbac;
using Idp.Kubernetes.Model;

namespace Idp.Operator.ApplicationEnvironments;

/// <summary>The namespace and what keeps it within its bounds.</summary>
/// <remarks>Traffic that leaves the namespace is not restricted in this version.</remarks>
[GenericRbac(
    Groups = ["rbac.authorization.k8s.io"],
    Resources = ["clusterroles"],
    ResourceNames = ["admin", "edit", "view"],
    Verbs = RbacVerb.Bind)]
internal sealed class NamespaceSection : Section
{
    public const string QuotaName = "idp-quota";
    public const string DefaultsName = "idp-defaults";
    public const string IsolationName = "idp-isolation";

    /// <inheritdoc/>
    public override string Condition => Conditions.NamespaceReady;

    /// <inheritdoc/>
    public override IReadOnlyList<ChildKind> Kinds { get; } =
    [
        new(WellKnownKinds.Namespace, DeletionRank.Namespace),
        new(WellKnownKinds.ResourceQuota) { HasStatus = false },
        new(WellKnownKinds.LimitRange) { HasStatus = false },
        new(WellKnownKinds.NetworkPolicy) { HasStatus = false },
        new(WellKnownKinds.RoleBinding) { HasStatus = false },
    ];

    /// <summary>The namespace first, as the gate of everything else, then its guardrails.</summary>
    public override IReadOnlyList<DesiredObject> Make(EffectiveEnvironment environment)
    {
        var guardrails = Guardrails.Of(environment);
        List<DesiredObject> objects = [Namespace(environment, guardrails)];
        if (guardrails.Quota.Count > 0)
        {
            objects.Add(Quota(environment, guardrails));
        }

        objects.Add(Defaults(environment, guardrails));
        if (guardrails.Isolation == NetworkIsolation.Namespace)
        {
            objects.Add(Isolation(environment));
        }

        objects.AddRange(guardrails.Access.Select(access => Binding(environment, access)));
        return objects;
    }

    /// <summary>Whether it is there, or on its way out.</summary>
    public override ChildState Read(IReadOnlyList<KubeObject> live, SectionInput seen)
    {
        var home = live[0];
        if (!home.Metadata.IsDeleting)
        {
            return ChildState.Ready(Reasons.Succeeded, $"Namespace {home.Key.Name} and its guardrails are there.");
        }

        // What holds up the deletion, in the words of the namespace's own conditions.
        var held = string.Join("; ", new LenientJson(home.ToJson())["status"]["conditions"].Items
            .Where(condition => condition["status"].Text == "True")
            .Select(condition => condition["message"].Text.TrimEnd('.'))
            .Where(message => message.Length > 0));
        return ChildState.Progressing(
            Reasons.DependencyNotReady,
            $"Namespace {home.Key.Name} is being deleted and is made again when it is gone{(held.Length == 0 ? "" : $": {held}")}.");
    }

    /// <summary>https://kubernetes.io/docs/concepts/security/pod-security-admission/</summary>
    private static DesiredObject Namespace(EffectiveEnvironment environment, Guardrails guardrails)
    {
        var wanted = environment.Object(WellKnownKinds.Namespace, environment.Namespace);
        var metadata = wanted.Body["metadata"]!;
        foreach (var (mode, level) in Levels(environment, guardrails))
        {
            metadata["labels"]![$"pod-security.kubernetes.io/{mode}"] = level.ToString().ToLowerInvariant();
            metadata["labels"]![$"pod-security.kubernetes.io/{mode}-version"] = "latest";
        }

        if (environment.RetainsData)
        {
            metadata["annotations"] = new JsonObject { [EffectiveEnvironment.DeletionPolicyAnnotation] = "Retain" };
        }

        return wanted with { Gate = true, Retain = environment.RetainsData };
    }

    /// <summary>
    /// SchemaHero's own pod, which runs beside the tables, says nothing of its security and cannot be told to: where
    /// Restricted is enforced it never starts, so there Baseline is enforced and every other pod is still warned about.
    /// </summary>
    private static (string Mode, PodSecurity Level)[] Levels(EffectiveEnvironment environment, Guardrails guardrails)
    {
        var asked = guardrails.PodSecurity;
        var hasTables = environment.Spec.Database is { Tables.Count: > 0 };
        var enforced = hasTables && asked == PodSecurity.Restricted ? PodSecurity.Baseline : asked;
        return [("enforce", enforced), ("audit", asked), ("warn", asked)];
    }

    private static DesiredObject Quota(EffectiveEnvironment environment, Guardrails guardrails)
    {
        var hard = guardrails.Quota.Select(limit => KeyValuePair.Create(limit.Key, (JsonNode?)limit.Value));
        return environment.Object(WellKnownKinds.ResourceQuota, QuotaName, new JsonObject { ["hard"] = new JsonObject(hard) });
    }

    /// <summary>Processor time is requested and not limited; memory is both.</summary>
    private static DesiredObject Defaults(EffectiveEnvironment environment, Guardrails guardrails) =>
        environment.Object(WellKnownKinds.LimitRange, DefaultsName, new JsonObject
        {
            ["limits"] = new JsonArray(new JsonObject
            {
                ["type"] = "Container",
                ["default"] = new JsonObject { ["memory"] = guardrails.DefaultMemory },
                ["defaultRequest"] = new JsonObject { ["cpu"] = guardrails.DefaultCpu, ["memory"] = guardrails.DefaultMemory },
            }),
        });

    private static DesiredObject Isolation(EffectiveEnvironment environment)
    {
        List<JsonNode> sources = [new JsonObject { ["podSelector"] = new JsonObject() }];
        if (environment.Settings.Network.AllowedNamespaces is { Count: > 0 } allowed)
        {
            sources.Add(new JsonObject { ["namespaceSelector"] = Named(allowed) });
        }

        return environment.Object(WellKnownKinds.NetworkPolicy, IsolationName, new JsonObject
        {
            ["podSelector"] = new JsonObject(),
            ["policyTypes"] = new JsonArray("Ingress"),
            ["ingress"] = new JsonArray(new JsonObject { ["from"] = new JsonArray([.. sources]) }),
        });
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

    private static DesiredObject Binding(EffectiveEnvironment environment, AccessSpec access)
    {
        var wanted = environment.Object(WellKnownKinds.RoleBinding, ChildNames.BindingOf(access.Role, access.Group));
        wanted.Body["roleRef"] = new JsonObject
        {
            ["apiGroup"] = WellKnownKinds.RoleBinding.Group,
            ["kind"] = "ClusterRole",
            ["name"] = access.Role.ToString().ToLowerInvariant(),
        };
        wanted.Body["subjects"] = new JsonArray(new JsonObject
        {
            ["apiGroup"] = WellKnownKinds.RoleBinding.Group,
            ["kind"] = "Group",
            ["name"] = access.Group,
        });
        return wanted;
    }
}
