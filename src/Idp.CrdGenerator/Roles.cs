using System.Reflection;
using System.Text.Json.Nodes;
using Idp.Kubernetes.Controllers.Rbac;
using Idp.Kubernetes.Model.Attributes;

namespace Idp.CrdGenerator;

/// <summary>The operator's roles, from what its controllers say that they do.</summary>
internal static class Roles
{
    private const string Operator = "idp-operator";
    private const string Namespace = "idp-system";

    /// <summary>What the runtime does by itself, whatever the controllers are: it elects a leader and records events.</summary>
    private static readonly Rule[] Runtime =
    [
        new("coordination.k8s.io", "leases", "", RbacVerb.Get | RbacVerb.Create | RbacVerb.Update) { IsOwn = true },
        new("", "events", "", RbacVerb.Create | RbacVerb.Patch),
    ];

    /// <summary>Every rule that a type of the assemblies asks for, each resource once.</summary>
    public static IReadOnlyList<Rule> RulesOf(params Assembly[] assemblies)
    {
        var types = assemblies.SelectMany(assembly => assembly.GetTypes()).ToList();
        var wanted = types.SelectMany(type => type.GetCustomAttributes<EntityRbacAttribute>()).SelectMany(Of)
            .Concat(types.SelectMany(type => type.GetCustomAttributes<GenericRbacAttribute>()).SelectMany(Of));
        return
        [
            .. wanted.Concat(Runtime)
                .GroupBy(rule => (rule.Group, rule.Resource, rule.Names, rule.IsOwn))
                .Select(same => same.First() with { Verbs = same.Aggregate(RbacVerb.None, (verbs, rule) => verbs | rule.Verbs) })
                .Where(rule => rule.Verbs != RbacVerb.None)
                .OrderBy(rule => rule.Group, StringComparer.Ordinal)
                .ThenBy(rule => rule.Resource, StringComparer.Ordinal)
                .ThenBy(rule => rule.Names, StringComparer.Ordinal),
        ];
    }

    /// <summary>A ClusterRole and, for what the operator keeps for itself, a Role in its own namespace.</summary>
    public static string Print(IReadOnlyList<Rule> rules)
    {
        var own = rules.Where(rule => rule.IsOwn).ToList();
        return Yaml.Print(
            Role("ClusterRole", null, [.. rules.Except(own)]),
            Role("Role", Namespace, own));
    }

    private static IEnumerable<Rule> Of(EntityRbacAttribute attribute) =>
        from entity in attribute.Entities
        let kind = entity.GetCustomAttribute<KubernetesEntityAttribute>()
            ?? throw new InvalidOperationException($"{entity.Name} has no [KubernetesEntity].")
        from rule in (Rule[])
        [
            new Rule(kind.Group, kind.PluralName, "", attribute.Verbs),
            new Rule(kind.Group, $"{kind.PluralName}/status", "", attribute.StatusVerbs),
        ]
        select rule;

    private static IEnumerable<Rule> Of(GenericRbacAttribute attribute)
    {
        if (attribute.Urls.Length > 0)
        {
            throw new NotSupportedException("The operator asks for a path that is no resource; it has never needed one.");
        }

        return
            from domain in attribute.Groups.DefaultIfEmpty("")
            from resource in attribute.Resources
            select new Rule(domain, resource, string.Join(' ', attribute.ResourceNames), attribute.Verbs) { IsOwn = attribute.InOwnNamespace };
    }

    private static JsonObject Role(string kind, string? space, IReadOnlyList<Rule> rules)
    {
        var metadata = new JsonObject { ["name"] = Operator };
        if (space is not null)
        {
            metadata["namespace"] = space;
        }

        var same = rules.GroupBy(rule => (rule.Group, rule.Verbs, rule.Names));
        return new JsonObject
        {
            ["apiVersion"] = "rbac.authorization.k8s.io/v1",
            ["kind"] = kind,
            ["metadata"] = metadata,
            ["rules"] = new JsonArray([.. same.Select(of => Rule.Print([.. of]))]),
        };
    }
}
