using System.Globalization;
using System.Text.Json.Nodes;

namespace Idp.Sandbox.StandIns.ArgoCd;

/// <summary>When an Application is synchronised, and what <c>status.operationState</c> says of it.</summary>
internal static class SyncOperation
{
    private const string AllTasksRun = "successfully synced (all tasks run)";

    /// <summary>Whether automatic synchronisation is due; a failed attempt of the same commit is not repeated at once.</summary>
    /// <param name="spec">The Application's spec.</param>
    /// <param name="previous">The status as it was.</param>
    /// <param name="revision">The commit now wanted.</param>
    /// <param name="resources">What differs.</param>
    /// <param name="moment">The time.</param>
    /// <returns>Whether to synchronise now, and otherwise when to look again.</returns>
    public static (bool Now, TimeSpan? Later) IsDue(
        ApplicationSpec spec,
        JsonNode? previous,
        string revision,
        IReadOnlyList<ResourceState> resources,
        Moment moment)
    {
        var outOfSync = resources.Any(resource => !resource.Synced && (spec.Prune || !resource.RequiresPruning));
        if (!spec.Automated || !outOfSync)
        {
            return (false, null);
        }

        var last = previous.At("operationState");
        var attempted = last.TextAt("syncResult", "revision") == revision
            && JsonNode.DeepEquals(last.At("syncResult", "source"), spec.Source);
        return !attempted ? (true, null)
            : last.TextAt("phase") == "Succeeded" ? (spec.SelfHeal, null)
            : Retry(spec, last, moment);
    }

    /// <summary>The operation's state once it has run.</summary>
    /// <param name="spec">The Application's spec.</param>
    /// <param name="previous">The status as it was.</param>
    /// <param name="revision">The commit.</param>
    /// <param name="operation">What was asked for.</param>
    /// <param name="results">What became of each object: message, or the error.</param>
    /// <param name="moment">The time.</param>
    public static JsonObject Finished(
        ApplicationSpec spec,
        JsonNode? previous,
        string revision,
        JsonObject operation,
        IReadOnlyList<(ResourceState Resource, string Message, bool Failed)> results,
        Moment moment)
    {
        var failures = results.Where(result => result.Failed).ToList();
        var state = new JsonObject
        {
            ["operation"] = operation.DeepClone(),
            ["phase"] = failures.Count == 0 ? "Succeeded" : "Failed",
            ["message"] = failures.Count == 0
                ? AllTasksRun
                : $"one or more objects failed to apply, reason: {string.Join(", ", failures.Select(item => item.Message))}",
            ["startedAt"] = moment.Timestamp,
            ["finishedAt"] = moment.Timestamp,
            ["syncResult"] = new JsonObject
            {
                ["revision"] = revision,
                ["source"] = spec.Source.DeepClone(),
                ["resources"] = new JsonArray([.. results.Select(Result)]),
            },
        };
        var retries = failures.Count > 0 && SameAttempt(previous, revision)
            ? previous.NumberAt(0, "operationState", "retryCount") + 1
            : 0;
        if (retries > 0)
        {
            state["retryCount"] = retries;
        }

        return state;
    }

    private static bool SameAttempt(JsonNode? previous, string revision) =>
        previous.TextAt("operationState", "syncResult", "revision") == revision
        && previous.TextAt("operationState", "phase") != "Succeeded";

    private static JsonObject Result((ResourceState Resource, string Message, bool Failed) result)
    {
        var (resource, message, failed) = result;
        return new JsonObject
        {
            ["group"] = resource.Kind.Group,
            ["version"] = resource.Kind.Version,
            ["kind"] = resource.Kind.Kind,
            ["namespace"] = resource.Key.Namespace,
            ["name"] = resource.Key.Name,
            ["status"] = failed ? "SyncFailed" : resource.Target is null ? "Pruned" : "Synced",
            ["message"] = message,
            ["syncPhase"] = "Sync",
        };
    }

    private static (bool Now, TimeSpan? Later) Retry(ApplicationSpec spec, JsonNode? last, Moment moment)
    {
        var count = last.NumberAt(0, "retryCount");
        var limit = spec.Retry.NumberAt(0, "limit");
        if (limit == 0 || (limit > 0 && count >= limit))
        {
            return (false, null);
        }

        var pause = Seconds(spec.Retry.TextAt("backoff", "duration"), 5)
            * Math.Pow(spec.Retry.NumberAt(2, "backoff", "factor"), count);
        pause = Math.Min(pause, Seconds(spec.Retry.TextAt("backoff", "maxDuration"), 180));
        var finished = DateTimeOffset.TryParse(
            last.TextAt("finishedAt"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : moment.Now;
        var left = finished + TimeSpan.FromSeconds(pause) - moment.Now;
        return left > TimeSpan.Zero ? (false, left) : (true, null);
    }

    // Go durations as far as people write them here: 5s, 3m, 1h.
    private static double Seconds(string? duration, double fallback)
    {
        if (duration is not { Length: > 1 }
            || !double.TryParse(duration[..^1], CultureInfo.InvariantCulture, out var number))
        {
            return fallback;
        }

        return duration[^1] switch { 's' => number, 'm' => number * 60, 'h' => number * 3600, _ => fallback };
    }
}
