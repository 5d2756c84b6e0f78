using System.Text.Json.Nodes;
using Idp.Kubernetes.Apply;
using Idp.Kubernetes.Model;

namespace Idp.Kubernetes.Tests.Apply;

/// <summary>Objects of the kinds that an environment is made of, with defaults left to the server.</summary>
internal static class DesiredWorld
{
    public static IReadOnlyList<DesiredObject> Of(string inNamespace) =>
    [
        Object(WellKnownKinds.ResourceQuota, inNamespace, "quota", """{"spec":{"hard":{"requests.cpu":"4","requests.memory":"8Gi","pods":"50"}}}"""),
        Object(WellKnownKinds.LimitRange, inNamespace, "defaults", """{"spec":{"limits":[{"type":"Container","default":{"memory":"512Mi"},"defaultRequest":{"cpu":"100m"}}]}}"""),
        Object(WellKnownKinds.NetworkPolicy, inNamespace, "isolation",
            """{"spec":{"podSelector":{},"policyTypes":["Ingress"],"ingress":[{"from":[{"podSelector":{}}]},{"from":[{"namespaceSelector":{"matchLabels":{"a":"b"}}}],"ports":[{"port":8080}]}]}}"""),
        Object(WellKnownKinds.RoleBinding, inNamespace, "edit",
            """{"roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"ClusterRole","name":"edit"},"subjects":[{"kind":"Group","name":"team","apiGroup":"rbac.authorization.k8s.io"}]}"""),
        Object(WellKnownKinds.Service, inNamespace, "web", """{"spec":{"selector":{"app":"web"},"ports":[{"name":"http","port":80,"protocol":"TCP","targetPort":8080},{"name":"dns","port":53,"protocol":"UDP"}]}}"""),
        Object(WellKnownKinds.Deployment, inNamespace, "web",
            """
            {"spec":{"replicas":2,"selector":{"matchLabels":{"app":"web"}},"template":{"metadata":{"labels":{"app":"web"}},"spec":{
              "containers":[{"name":"web","image":"web:1","ports":[{"containerPort":8080}],"env":[{"name":"A","value":"1"},{"name":"B","value":""}],
                "resources":{"requests":{"cpu":"100m"}},"volumeMounts":[{"name":"tmp","mountPath":"/tmp"}]}],
              "volumes":[{"name":"tmp","emptyDir":{}}],"securityContext":{}}}}}
            """),
    ];

    public static DesiredObject Namespace(string name) => new(WellKnownKinds.Namespace, new JsonObject
    {
        ["apiVersion"] = "v1",
        ["kind"] = "Namespace",
        ["metadata"] = new JsonObject { ["name"] = name, ["labels"] = Labels("shop-staging") },
    })
    { Gate = true };

    public static JsonObject Metadata(ObjectKey key, string environment = "shop-staging") => new()
    {
        ["name"] = key.Name,
        ["namespace"] = key.Namespace,
        ["labels"] = Labels(environment),
    };

    private static JsonObject Labels(string environment) => new() { ["idp.dev/environment"] = environment };

    private static DesiredObject Object(ResourceKind kind, string inNamespace, string name, string rest)
    {
        var body = JsonNode.Parse(rest)!.AsObject();
        body["apiVersion"] = kind.ApiVersion;
        body["kind"] = kind.Kind;
        body["metadata"] = Metadata(new ObjectKey(inNamespace, name));
        return new DesiredObject(kind, body);
    }
}
