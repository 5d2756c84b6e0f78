using System.Globalization;
using System.Text.Json.Nodes;
using Idp.Kubernetes.Model;

namespace Idp.Sandbox.StandIns.Workloads;

/// <summary>The status of a Deployment or StatefulSet whose pods start, or cannot.</summary>
/// <remarks>https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#deployment-status</remarks>
internal sealed class Rollout(KubeObject subject, JsonObject body, Moment moment)
{
    private readonly JsonNode? _previous = body["status"];
    private readonly string? _fault = moment.FaultOf(subject);
    private readonly long _replicas = body.NumberAt(1, "spec", "replicas");
    private readonly string? _missing =
        PodReferences.FirstMissing(body.At("spec", "template", "spec"), subject.Key.Namespace, moment);

    /// <summary>The next status of a Deployment.</summary>
    public Reaction OfDeployment()
    {
        if (_fault is not null)
        {
            return new Reaction { Status = Deployment(0, "ProgressDeadlineExceeded", _fault, progressing: false) };
        }

        var left = Left();
        if (_missing is not null || left > TimeSpan.Zero)
        {
            var message = _missing ?? $"ReplicaSet \"{subject.Key.Name}\" is progressing.";
            return new Reaction
            {
                Status = Deployment(0, "ReplicaSetUpdated", message, progressing: true),
                LookAgain = _missing is null ? left : null,
            };
        }

        return new Reaction
        {
            Status = Deployment(
                _replicas,
                "NewReplicaSetAvailable",
                $"ReplicaSet \"{subject.Key.Name}\" has successfully progressed.",
                progressing: true),
        };
    }

    /// <summary>The next status of a StatefulSet.</summary>
    public Reaction OfStatefulSet()
    {
        var ready = _fault is null && _missing is null ? _replicas : 0;
        var status = new JsonObject
        {
            ["observedGeneration"] = subject.Metadata.Generation,
            ["replicas"] = _replicas,
            ["currentReplicas"] = _replicas,
            ["updatedReplicas"] = _replicas,
        };
        SetUnlessZero(status, "readyReplicas", ready);
        return new Reaction { Status = status };
    }

    // How much longer the rollout of this generation shall be seen: it began when its generation was first observed.
    private TimeSpan Left()
    {
        var observed = _previous.NumberAt(0, "observedGeneration") == subject.Metadata.Generation;
        var progressing = ForeignConditions.Find(_previous, "Progressing");
        if (observed && progressing.TextAt("reason") == "NewReplicaSetAvailable")
        {
            return TimeSpan.Zero;
        }

        var began = observed && DateTimeOffset.TryParse(
            progressing.TextAt("lastUpdateTime"),
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out var time)
            ? time
            : moment.Now;
        return moment.Left(began);
    }

    private JsonObject Deployment(long available, string reason, string message, bool progressing)
    {
        var complete = available >= _replicas;
        var status = new JsonObject { ["observedGeneration"] = subject.Metadata.Generation };
        SetUnlessZero(status, "replicas", _replicas);
        SetUnlessZero(status, "updatedReplicas", _replicas);
        SetUnlessZero(status, "readyReplicas", available);
        SetUnlessZero(status, "availableReplicas", available);
        SetUnlessZero(status, "unavailableReplicas", _replicas - available);
        status["conditions"] = new JsonArray(
            Condition(
                "Available",
                complete,
                complete ? "MinimumReplicasAvailable" : "MinimumReplicasUnavailable",
                complete ? "Deployment has minimum availability." : "Deployment does not have minimum availability."),
            Condition("Progressing", progressing, reason, message));
        return status;
    }

    private JsonObject Condition(string type, bool holds, string reason, string message)
    {
        var previous = ForeignConditions.Find(_previous, type);
        var same = previous.TextAt("reason") == reason
            && previous.TextAt("message") == message
            && _previous.NumberAt(0, "observedGeneration") == subject.Metadata.Generation;
        var condition = ForeignConditions.Condition(_previous, type, holds, reason, message, moment);
        condition["lastUpdateTime"] = (same ? previous.TextAt("lastUpdateTime") : null) ?? moment.Timestamp;
        return condition;
    }

    private static void SetUnlessZero(JsonObject status, string name, long value)
    {
        if (value > 0)
        {
            status[name] = value;
        }
    }
}
