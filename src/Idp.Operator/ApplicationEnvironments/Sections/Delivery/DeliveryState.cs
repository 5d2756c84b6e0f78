using System.Text.Json.Nodes;
using Idp.Entities;
using Idp.Kubernetes.Model;

namespace Idp.Operator.ApplicationEnvironments;

/// <summary>Reads an Argo CD Application: is what was asked for deployed, and does it work?</summary>
/// <remarks>
/// Argo CD keeps no observed generation; <c>status.sync.comparedTo</c> says which source its verdict is about.
/// https://argo-cd.readthedocs.io/en/stable/operator-manual/health/
/// </remarks>
internal static class DeliveryState
{
    /// <summary>The state of an Application.</summary>
    /// <param name="application">The live Application.</param>
    /// <param name="contract">The objects that have to be in the repository: kind and name.</param>
    public static ChildState Of(KubeObject application, IReadOnlyList<(string Kind, string Name)> contract)
    {
        var live = new LenientJson(application.ToJson());
        var name = $"Application {application.Key}";
        return RepositoryAccess.RefusalOf(live["status"], live["spec"]["source"]["repoURL"].Text)
            ?? ErrorOf(live, name)
            ?? StalenessOf(live, name)
            ?? BreachOf(live, contract)
            ?? OperationOf(live, name)
            ?? VerdictOf(live, name);
    }

    private static ChildState? ErrorOf(LenientJson live, string name)
    {
        var error = live["status"]["conditions"].Items.FirstOrDefault(
            condition => condition["type"].Text.EndsWith("Error", StringComparison.Ordinal));
        var operation = live["status"]["operationState"];
        if (operation["phase"].Text is "Failed" or "Error" && !live["operation"].IsPresent)
        {
            var text = error["message"].Text is { Length: > 0 } more ? $"{operation["message"].Text}. {more}" : operation["message"].Text;
            return ChildState.Failed(Reasons.SyncFailed, $"{name}: {text}. Mend the manifests in the repository, or sync again.");
        }

        return error.IsPresent
            ? ChildState.Failed(error["type"].Text, $"{name}: {error["message"].Text}")
            : null;
    }

    private static ChildState? StalenessOf(LenientJson live, string name)
    {
        var compared = live["status"]["sync"]["comparedTo"];
        var spec = live["spec"];
        var current = Same(spec["source"], compared["source"])
            && Same(spec["sources"], compared["sources"])
            && spec["destination"]["namespace"].Text == compared["destination"]["namespace"].Text;
        return current ? null : ChildState.Progressing(Reasons.Progressing, $"{name}: Argo CD has not compared it since it changed last.");
    }

    private static ChildState? BreachOf(LenientJson live, IReadOnlyList<(string Kind, string Name)> contract)
    {
        var found = live["status"]["resources"].Items
            .Select(resource => (resource["kind"].Text, resource["name"].Text))
            .ToHashSet();
        if (found.Count == 0 && live["status"]["sync"]["status"].Text != "Synced")
        {
            return null;
        }

        var missing = contract.Where(part => !found.Contains(part)).Select(part => $"{part.Kind} {part.Name}").ToList();
        return missing.Count == 0
            ? null
            : ChildState.Failed(
                Reasons.ContractBroken,
                $"{live["spec"]["source"]["path"].Text} in {live["spec"]["source"]["repoURL"].Text} has no "
                + $"{string.Join(", no ", missing)}: name them as the application, or what the manifest sets does not reach them.");
    }

    private static ChildState? OperationOf(LenientJson live, string name)
    {
        var operation = live["status"]["operationState"];
        return live["operation"].IsPresent || operation["phase"].Text is "Running" or "Terminating"
            ? ChildState.Progressing(Reasons.Progressing, $"{name}: {Or(operation["message"].Text, "a sync has been asked for")}.")
            : null;
    }

    private static ChildState VerdictOf(LenientJson live, string name)
    {
        var health = live["status"]["health"]["status"].Text;
        var sync = live["status"]["sync"]["status"].Text;
        var automatic = live["spec"]["syncPolicy"]["automated"].Node is not null;
        return (health, sync) switch
        {
            ("Degraded", _) => ChildState.Failed(Reasons.HealthCheckFailed, $"{name} is degraded{Troubles(live)}. {LookAtPods(live)}"),
            (_, "OutOfSync") when !automatic => ChildState.Waiting(
                Reasons.OutOfSync, $"{name} is out of sync and its sync is Manual: sync it in Argo CD."),
            ("Suspended", _) => ChildState.Waiting(Reasons.Suspended, $"{name} is suspended: resume its rollout."),
            ("Healthy", "Synced") => ChildState.Ready(Reasons.Succeeded, $"{name} is Synced and Healthy."),
            ("Progressing", "Synced") => ChildState.Progressing(
                Reasons.Progressing, $"{name} is Synced and Progressing{Troubles(live)}. If that takes minutes: {LookAtPods(live)}"),
            _ => ChildState.Progressing(
                Reasons.Progressing, $"{name} is {Or(sync, "Unknown")} and {Or(health, "Unknown")}{Troubles(live)}."),
        };
    }

    private static string Troubles(LenientJson live)
    {
        var troubles = live["status"]["resources"].Items
            .Where(resource => resource["health"]["message"].Text.Length > 0 && resource["health"]["status"].Text != "Healthy")
            .Select(resource => $"{resource["kind"].Text} {resource["name"].Text}: {resource["health"]["message"].Text}")
            .ToList();
        return troubles.Count == 0 ? "" : $" ({string.Join("; ", troubles)})";
    }

    // Argo CD does not repeat what a pod says, such as an image that cannot be pulled, and since its version 3 not what a Deployment says.
    private static string LookAtPods(LenientJson live) =>
        $"Look at the pods: kubectl get pods -n {live["spec"]["destination"]["namespace"].Text}.";

    private static string Or(string text, string otherwise) => text.Length == 0 ? otherwise : text.TrimEnd('.');

    /// <summary>Whether two trees say the same; Argo CD drops what is empty when it notes what it compared.</summary>
    private static bool Same(LenientJson left, LenientJson right) => JsonNode.DeepEquals(Pruned(left.Node), Pruned(right.Node));

    private static JsonNode? Pruned(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject members:
                var kept = members
                    .Select(member => KeyValuePair.Create(member.Key, Pruned(member.Value)))
                    .Where(member => member.Value is not null)
                    .ToList();
                return kept.Count == 0 ? null : new JsonObject(kept);
            case JsonArray items:
                return items.Count == 0 ? null : new JsonArray([.. items.Select(Pruned)]);
            default:
                return node is JsonValue value && value.TryGetValue<string>(out var text) && text.Length == 0
                    ? null
                    : node?.DeepClone();
        }
    }
}
