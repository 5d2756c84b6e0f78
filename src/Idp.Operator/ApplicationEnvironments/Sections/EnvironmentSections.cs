using Idp.Kubernetes.Model;

namespace Idp.Operator.ApplicationEnvironments;

/// <summary>The sections that every environment has, in the order in which they are made: the one list that all else is derived from.</summary>
internal static class EnvironmentSections
{
    /// <summary>The sections.</summary>
    public static IReadOnlyList<Section> All { get; } =
        [new NamespaceSection(), new SecretsSection(), new DatabaseSection(), new SchemaSection(), new DeliverySection()];

    /// <summary>The conditions, each of which is always told.</summary>
    public static IReadOnlyList<string> Conditions { get; } = [.. All.Select(section => section.Condition)];

    /// <summary>All kinds, each once.</summary>
    public static IReadOnlyList<ChildKind> Kinds { get; } = [.. All.SelectMany(section => section.Kinds).Distinct()];

    /// <summary>What an environment is made of: kinds whose objects carry its labels.</summary>
    public static IReadOnlyList<ResourceKind> Owned { get; } = Of(ChildRole.Owned);

    /// <summary>What others make in its namespace.</summary>
    public static IReadOnlyList<ResourceKind> Observed { get; } = Of(ChildRole.Observed);

    /// <summary>The kind that an object is of; null for none of these.</summary>
    public static ChildKind? Find(ResourceKind resource) => Find(resource.Group, resource.Kind);

    /// <summary>The kind of a name in a group, in whatever version.</summary>
    public static ChildKind? Find(string group, string kind) =>
        Kinds.FirstOrDefault(child => child.Resource.Group == group && child.Resource.Kind == kind);

    /// <summary>Everything that an environment is made of.</summary>
    public static IReadOnlyList<PlannedSection> Make(EffectiveEnvironment environment) =>
        [.. All.Select(section => new PlannedSection(section, section.Make(environment)))];

    private static ResourceKind[] Of(ChildRole role) => [.. Kinds.Where(child => child.Role == role).Select(child => child.Resource)];
}
