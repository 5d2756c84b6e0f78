using System.Reflection;
using System.Text.Json.Nodes;
using Idp.Kubernetes.Controllers.Rbac;
using Idp.Kubernetes.Model.Attributes;
using Idp.Operator.ApplicationEnvironments;

namespace Idp.CrdGenerator;

/// <summary>What may be done with one resource; <paramref name="Names"/> are parted by spaces, empty for all.</summary>
internal sealed record Rule(string Group, string Resource, string Names, RbacVerb Verbs)
{
    /// <summary>Whether it holds in the operator's own namespace alone.</summary>
    public bool IsOwn { get; init; }
}

/// <summary>The operator's roles, from what its controllers say that they do and what environments are made of.</summary>
internal static class Roles
{
    private const string Operator = "idp-operator";
    private const string Namespace = "idp-system";
    private const RbacVerb Read = RbacVerb.Get | RbacVerb.List | RbacVerb.Watch;

    /// <summary>What the runtime does by itself, whatever the controllers are: it elects a leader and records events.</summary>
    private static readonly Rule[] Runtime =
    [
        new("coordination.k8s.io", "leases", "", RbacVerb.Get | RbacVerb.Create | RbacVerb.Update) { IsOwn = true },
        new("", "events", "", RbacVerb.Create | RbacVerb.Patch),
    ];

    /// <summary>Every rule that a type of the assemblies asks for, and those of what environments are made of; each resource once.</summary>
    public static IReadOnlyList<Rule> RulesOf(params Assembly[] assemblies)
    {
        var types = assemblies.SelectMany(assembly => assembly.GetTypes()).ToList();
        var wanted = types.SelectMany(type => type.GetCustomAttributes<EntityRbacAttribute>()).SelectMany(Of)
            .Concat(types.SelectMany(type => type.GetCustomAttributes<GenericRbacAttribute>()).SelectMany(Of))
            .Concat(EnvironmentSections.Kinds.Select(Of));
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

    private static Rule Of(ChildKind child) => new(
        child.Resource.Group,
        child.Resource.Plural,
        "",
        child.Role == ChildRole.Observed ? Read : Read | RbacVerb.Create | RbacVerb.Patch | RbacVerb.Delete);

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
            ["rules"] = new JsonArray([.. same.Select(of => Print(of.Key.Group, of.Key.Names, of.Key.Verbs, of.Select(rule => rule.Resource)))]),
        };
    }

    /// <summary>One rule of a role, for resources that differ in nothing but their names.</summary>
    private static JsonObject Print(string group, string names, RbacVerb verbs, IEnumerable<string> resources)
    {
        var json = new JsonObject { ["apiGroups"] = new JsonArray(group), ["resources"] = Texts(resources) };
        if (names.Length > 0)
        {
            json["resourceNames"] = Texts(names.Split(' '));
        }

        if (verbs.HasFlag(RbacVerb.All))
        {
            throw new InvalidOperationException("A controller asks for every verb; least privilege has to name them.");
        }

        var single = Enum.GetValues<RbacVerb>().Where(verb => int.PopCount((int)verb) == 1 && verbs.HasFlag(verb));
        json["verbs"] = Texts(single.Select(verb => verb.ToString().ToLowerInvariant()));
        return json;
    }

    private static JsonArray Texts(IEnumerable<string> texts) => [.. texts.Select(text => JsonValue.Create(text))];
}
