using System.Text.Json;
using System.Text.Json.Nodes;
using Idp.Entities;
using Idp.Kubernetes.Apply;
using Idp.Kubernetes.Model;

namespace Idp.Operator.Reporting;

/// <summary>Tells the owner of an object that does not fit its type, as a lenient API server may let through.</summary>
public sealed class MalformedReporter(StatusWriter statuses, TimeProvider clock)
{
    /// <summary>Writes that the manifest cannot be read; what the status knew (ids, the inventory) stays.</summary>
    /// <param name="live">The object.</param>
    /// <param name="problem">What does not fit.</param>
    /// <param name="types">The kind's conditions besides Ready and Stalled.</param>
    /// <param name="cancellationToken">Ends the write.</param>
    public Task WriteAsync(KubeObject live, JsonException problem, IReadOnlyList<string> types, CancellationToken cancellationToken)
    {
        var message = $"{problem.Path}: {problem.Message}";
        var conditions = new ConditionSet([], live.Metadata.Generation, live.Metadata.CreationTimestamp ?? clock.GetUtcNow());
        foreach (var type in types)
        {
            conditions.Set(type, ConditionStatus.Unknown, Reasons.InvalidSpec, "Not looked at: the manifest cannot be read.");
        }

        conditions.Set(Conditions.Ready, ConditionStatus.False, Reasons.InvalidSpec, message);
        conditions.Set(Conditions.Stalled, ConditionStatus.True, Reasons.InvalidSpec, message);
        var status = live.ToJson()["status"]?.DeepClone() as JsonObject ?? [];
        status["observedGeneration"] = live.Metadata.Generation;
        status["conditions"] = conditions.ToJson();
        return statuses.WriteAsync(live, status, cancellationToken);
    }
}
