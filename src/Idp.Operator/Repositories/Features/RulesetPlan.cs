using System.Text.Json.Nodes;
using Idp.GitHub;

namespace Idp.Operator.Repositories.Features;

/// <summary>Compares a ruleset with the one that is there, rule by rule and parameter by parameter.</summary>
/// <remarks>Rules and parameters that are not wanted are other people's and stay: most of them make the branch safer still.</remarks>
internal static class RulesetPlan
{
    /// <summary>What the ruleset shall be; null where it is so.</summary>
    public static Ruleset? For(Ruleset wanted, Ruleset? present)
    {
        var isSo = present is not null
            && present.Enforcement == wanted.Enforcement
            && present.Include.ToHashSet(StringComparer.Ordinal).SetEquals(wanted.Include)
            && present.Exclude.ToHashSet(StringComparer.Ordinal).SetEquals(wanted.Exclude)
            && wanted.Rules.All(rule => Find(present, rule.Type) is { } found && Covers(rule.Parameters, found.Parameters));
        return isSo ? null : wanted with
        {
            Id = present?.Id ?? 0,
            Rules =
            [
                .. wanted.Rules.Select(rule => rule with { Parameters = Lay(rule, present is null ? null : Find(present, rule.Type)) }),
                .. present?.Rules.Where(rule => Find(wanted, rule.Type) is null) ?? [],
            ],
        };
    }

    private static RulesetRule? Find(Ruleset ruleset, string type) => ruleset.Rules.FirstOrDefault(rule => rule.Type == type);

    private static JsonObject? Lay(RulesetRule wanted, RulesetRule? present)
    {
        if (wanted.Parameters is null)
        {
            return present?.Parameters?.DeepClone() as JsonObject;
        }

        var laid = present?.Parameters?.DeepClone() as JsonObject ?? AtFirst(wanted.Type);
        foreach (var (name, value) in wanted.Parameters)
        {
            laid[name] = value?.DeepClone();
        }

        return laid;
    }

    // GitHub wants every parameter of a rule in the request that makes it.
    private static JsonObject AtFirst(string type) => type switch
    {
        "pull_request" => new JsonObject
        {
            ["dismiss_stale_reviews_on_push"] = false,
            ["require_code_owner_review"] = false,
            ["require_last_push_approval"] = false,
            ["required_review_thread_resolution"] = false,
        },
        "required_status_checks" => new JsonObject { ["strict_required_status_checks_policy"] = false },
        _ => [],
    };

    private static bool Covers(JsonNode? wanted, JsonNode? present) => (wanted, present) switch
    {
        (null, _) => true,
        (JsonObject some, JsonObject all) => some.All(member => Covers(member.Value, all[member.Key])),
        (JsonArray some, JsonArray all) => some.Count == all.Count && some.All(item => all.Any(other => Covers(item, other))),
        (JsonValue one, JsonValue other) => one.GetValueKind() == other.GetValueKind() && one.ToJsonString() == other.ToJsonString(),
        _ => false,
    };
}
