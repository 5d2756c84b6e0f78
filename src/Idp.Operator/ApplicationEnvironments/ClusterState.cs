using Idp.Entities;
using Idp.Kubernetes.Model;

namespace Idp.Operator.ApplicationEnvironments;

/// <summary>Reads a CloudNativePG Cluster, whose phase is a sentence.</summary>
/// <remarks>https://github.com/cloudnative-pg/cloudnative-pg/blob/main/api/v1/cluster_types.go</remarks>
internal static class ClusterState
{
    private const string Healthy = "Cluster in healthy state";
    private const string AwaitsPerson = "Waiting for user action";

    private static readonly HashSet<string> Failures = new(StringComparer.Ordinal)
    {
        "Cluster is unrecoverable and needs manual intervention",
        "Invalid cluster definition",
        "Unable to create required cluster objects",
        "Cluster has incomplete or invalid image catalog",
        "Cluster cannot proceed to reconciliation due to an unknown plugin being required",
        "Cluster cannot proceed to reconciliation due to an error while interacting with plugins",
        "Cluster cannot execute instance online upgrade due to missing architecture binary",
    };

    /// <summary>The state of a Cluster.</summary>
    public static ChildState Of(KubeObject cluster)
    {
        var live = new Reading(cluster.ToJson());
        var status = live["status"];
        var (phase, why) = (status["phase"].Text, status["phaseReason"].Text);
        var (ready, wanted) = (status["readyInstances"].Number, live["spec"]["instances"].Number);
        var said = phase.Length == 0
            ? "the CloudNativePG operator has not looked at it yet"
            : why.Length == 0 ? phase : $"{phase}: {why}";
        var message = $"Cluster {cluster.Key}: {said} ({ready} of {wanted} instances ready).";
        if (Failures.Contains(phase))
        {
            return ChildState.Failed(Reasons.Failed, $"{message} Look at kubectl describe clusters.postgresql.cnpg.io.");
        }

        if (phase == AwaitsPerson)
        {
            return ChildState.Waiting(Reasons.DependencyNotReady, message);
        }

        var isReady = status["conditions"].Condition("Ready")["status"].Text == "True";
        return phase == Healthy && isReady && ready >= wanted
            ? ChildState.Ready(Reasons.Succeeded, message)
            : ChildState.Progressing(Reasons.Progressing, message);
    }
}
