using System.Text.Json.Nodes;
using Idp.Kubernetes.Model;

namespace Idp.Sandbox.StandIns.Workloads;

/// <summary>Stands for the deployment controller, the kubelet and the ingress controller: no pod ever runs.</summary>
/// <remarks>
/// A workload becomes available only when every Secret and ConfigMap that its pods refer to is there, because a
/// kubelet would not start them either.
/// </remarks>
internal sealed class WorkloadsReactor : IReactor
{
    public string Name => "workloads stand-in";

    public string FieldManager => "workloads-stand-in";

    public IReadOnlyList<ResourceKind> Subjects { get; } =
        [ForeignKinds.Deployment, ForeignKinds.StatefulSet, ForeignKinds.Ingress];

    public IReadOnlyList<ResourceKind> Surroundings { get; } = [ForeignKinds.Secret, ForeignKinds.ConfigMap];

    public Reaction React(KubeObject subject, Moment moment)
    {
        ArgumentNullException.ThrowIfNull(subject);
        ArgumentNullException.ThrowIfNull(moment);
        if (subject.Metadata.IsDeleting)
        {
            return Reaction.None;
        }

        if (subject.Kind == ForeignKinds.Ingress)
        {
            return new Reaction { Status = moment.FaultOf(subject) is null ? Address() : null };
        }

        var body = subject.ToJson();
        var rollout = new Rollout(subject, body, moment);
        return subject.Kind == ForeignKinds.Deployment ? rollout.OfDeployment() : rollout.OfStatefulSet();
    }

    private static JsonObject Address() => new()
    {
        ["loadBalancer"] = new JsonObject
        {
            ["ingress"] = new JsonArray(new JsonObject { ["ip"] = "127.0.0.1" }),
        },
    };
}
