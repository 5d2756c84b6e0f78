using System.Text.Json.Nodes;
using Idp.Kubernetes.Controllers.Rbac;

namespace Idp.CrdGenerator;

/// <summary>What may be done with one resource; <paramref name="Names"/> are parted by spaces, empty for all.</summary>
internal sealed record Rule(string Group, string Resource, string Names, RbacVerb Verbs)
{
    /// <summary>Whether it holds in the operator's own namespace alone.</summary>
    public bool IsOwn { get; init; }

    /// <summary>One rule of a role, for resources that differ in nothing but their names.</summary>
    public static JsonObject Print(IReadOnlyList<Rule> rules)
    {
        var (group, _, names, verbs) = rules[0];
        var json = new JsonObject
        {
            ["apiGroups"] = new JsonArray(group),
            ["resources"] = new JsonArray([.. rules.Select(rule => JsonValue.Create(rule.Resource))]),
        };
        if (names.Length > 0)
        {
            json["resourceNames"] = new JsonArray([.. names.Split(' ').Select(name => JsonValue.Create(name))]);
        }

        json["verbs"] = Spelled(verbs);
        return json;
    }

    private static JsonArray Spelled(RbacVerb verbs)
    {
        if (verbs.HasFlag(RbacVerb.All))
        {
            throw new InvalidOperationException("A controller asks for every verb; least privilege has to name them.");
        }

        return
        [
            .. Enum.GetValues<RbacVerb>()
                .Where(verb => int.PopCount((int)verb) == 1 && verbs.HasFlag(verb))
                .Select(verb => JsonValue.Create(verb.ToString().ToLowerInvariant())),
        ];
    }
}
