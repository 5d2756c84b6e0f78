namespace Idp.Operator.ApplicationEnvironments;

/// <summary>What the Applications of a project may be deployed from, and into which namespaces.</summary>
/// <param name="Sources">The repositories.</param>
/// <param name="Destinations">The namespaces.</param>
internal sealed record ProjectReach(IReadOnlySet<string> Sources, IReadOnlySet<string> Destinations)
{
    /// <summary>Nothing.</summary>
    public static ProjectReach None { get; } = new(Set(), Set());

    /// <summary>What an environment needs of its project; nothing where it may not be carried out.</summary>
    /// <remarks>A namespace that is there and not the environment's own is not its to deploy into.</remarks>
    public static ProjectReach Of(ApplicationEnvironmentPlan plan, bool ownsNamespace) => plan.Problem is null
        ? new ProjectReach(Set(plan.Target.Spec.Source.RepoUrl), ownsNamespace ? Set(plan.Target.Namespace) : Set())
        : None;

    /// <summary>All of them together.</summary>
    public static ProjectReach Sum(IEnumerable<ProjectReach> parts)
    {
        var (sources, destinations) = (Set(), Set());
        foreach (var part in parts)
        {
            sources.UnionWith(part.Sources);
            destinations.UnionWith(part.Destinations);
        }

        return new ProjectReach(sources, destinations);
    }

    /// <summary>Names, each once.</summary>
    public static HashSet<string> Set(params IEnumerable<string> names) => new(names, StringComparer.Ordinal);
}
