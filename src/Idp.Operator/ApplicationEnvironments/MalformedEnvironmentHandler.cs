using System.Text.Json;
using System.Text.Json.Nodes;
using Idp.Entities;
using Idp.Kubernetes.Controllers;
using Idp.Kubernetes.Model;

namespace Idp.Operator.ApplicationEnvironments;

/// <summary>Tells the owner of an environment that does not fit its type, as a lenient API server may let through.</summary>
/// <remarks>What the status knew stays, the inventory above all.</remarks>
internal sealed class MalformedEnvironmentHandler(StatusWriter statuses, TimeProvider clock)
    : IMalformedEntityHandler<ApplicationEnvironment>
{
    /// <inheritdoc/>
    public async Task HandleAsync(KubeObject live, JsonException problem, CancellationToken cancellationToken)
    {
        var message = $"{problem.Path}: {problem.Message}";
        var conditions = new ConditionSet([], live.Metadata.Generation, live.Metadata.CreationTimestamp ?? clock.GetUtcNow());
        foreach (var type in EnvironmentStates.Types)
        {
            conditions.Set(type, ConditionStatus.Unknown, Reasons.InvalidSpec, "Not looked at: the manifest cannot be read.");
        }

        conditions.Set(Conditions.Ready, ConditionStatus.False, Reasons.InvalidSpec, message);
        conditions.Set(Conditions.Stalled, ConditionStatus.True, Reasons.InvalidSpec, message);
        var status = live.ToJson()["status"]?.DeepClone() as JsonObject ?? [];
        status["observedGeneration"] = live.Metadata.Generation;
        status["conditions"] = conditions.ToJson();
        await statuses.WriteAsync(live, status, cancellationToken);
    }
}
