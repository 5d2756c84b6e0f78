using System.Text.Json.Nodes;

namespace Idp.Sandbox.StandIns.ArgoCd;

/// <summary>Builds an Application's whole status out of what was seen.</summary>
/// <remarks>
/// Times are carried over from the previous status as long as what they belong to stays the same, so that an
/// unchanged world gives an unchanged status.
/// </remarks>
internal sealed record ApplicationStatus
{
    public required ApplicationSpec Spec { get; init; }

    public required JsonNode? Previous { get; init; }

    /// <summary>The commit that was compared; null where none could be had.</summary>
    public string? Revision { get; init; }

    public IReadOnlyList<ResourceState> Resources { get; init; } = [];

    /// <summary>Type and message of each condition; presence means true.</summary>
    public IReadOnlyList<(string Type, string Message)> Conditions { get; init; } = [];

    /// <summary>The last operation; null for none yet.</summary>
    public JsonObject? Operation { get; init; }

    /// <summary>What stands instead of the health computed from the resources; null for nothing.</summary>
    public string? HealthOverride { get; init; }

    /// <summary>The status, equal to the previous one where nothing changed.</summary>
    public JsonObject Build(Moment moment)
    {
        var status = new JsonObject
        {
            ["sync"] = Sync(),
            ["health"] = Health(moment),
            ["resourceHealthSource"] = "appTree",
        };
        AddUnlessEmpty(status, "resources", Resources.Select(resource => resource.ToStatus()));
        AddUnlessEmpty(status, "conditions", Conditions.Select(condition => Condition(condition, moment)));
        if (Operation is not null)
        {
            status["operationState"] = Operation.DeepClone();
        }

        if (Revision is not null)
        {
            status["sourceType"] = "Kustomize";
            status["summary"] = Summary();
        }

        var seen = Previous.TextAt("reconciledAt");
        status["reconciledAt"] = seen;
        if (seen is null || !JsonNode.DeepEquals(status, Previous))
        {
            status["reconciledAt"] = moment.Timestamp;
        }

        return status;
    }

    /// <summary>Synced, OutOfSync, or Unknown where Git's side is not known.</summary>
    public string SyncStatus() =>
        Revision is null ? "Unknown" : Resources.All(resource => resource.Synced) ? "Synced" : "OutOfSync";

    private JsonObject Sync()
    {
        var sync = new JsonObject { ["status"] = SyncStatus(), ["comparedTo"] = Spec.ComparedTo() };
        if (Revision is not null)
        {
            sync["revision"] = Revision;
        }

        return sync;
    }

    private JsonObject Health(Moment moment)
    {
        var health = HealthOverride ?? ResourceHealth.Worst(Resources.Select(resource => resource.Health)).Status;
        var since = Previous.TextAt("health", "status") == health ? Previous.TextAt("health", "lastTransitionTime") : null;
        return new JsonObject { ["status"] = health, ["lastTransitionTime"] = since ?? moment.Timestamp };
    }

    private JsonObject Condition((string Type, string Message) condition, Moment moment)
    {
        var previous = ForeignConditions.Find(Previous, condition.Type);
        var since = previous.TextAt("message") == condition.Message ? previous.TextAt("lastTransitionTime") : null;
        return new JsonObject
        {
            ["type"] = condition.Type,
            ["message"] = condition.Message,
            ["lastTransitionTime"] = since ?? moment.Timestamp,
        };
    }

    private JsonObject Summary()
    {
        var live = Resources.Select(resource => resource.Live).OfType<JsonObject>().ToList();
        var summary = new JsonObject();
        AddUnlessEmpty(summary, "images", live
            .SelectMany(item => item.ObjectsAt("spec", "template", "spec", "containers"))
            .Select(container => container.TextAt("image")).OfType<string>()
            .Distinct().Order(StringComparer.Ordinal).Select(image => JsonValue.Create(image)));
        AddUnlessEmpty(summary, "externalURLs", live
            .Where(item => item.TextAt("kind") == "Ingress")
            .SelectMany(item => item.ObjectsAt("spec", "rules").Select(rule => (item, Host: rule.TextAt("host"))))
            .Where(rule => rule.Host is not null)
            .Select(rule => rule.item.ObjectsAt("spec", "tls").Any() ? $"https://{rule.Host}/" : $"http://{rule.Host}/")
            .Distinct().Order(StringComparer.Ordinal).Select(url => JsonValue.Create(url)));
        return summary;
    }

    private static void AddUnlessEmpty(JsonObject parent, string name, IEnumerable<JsonNode?> items)
    {
        JsonArray list = new([.. items]);
        if (list.Count > 0)
        {
            parent[name] = list;
        }
    }
}
