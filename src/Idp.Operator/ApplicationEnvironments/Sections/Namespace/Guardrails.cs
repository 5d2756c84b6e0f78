using Idp.Entities;
using Idp.Kubernetes.Model;

namespace Idp.Operator.ApplicationEnvironments;

/// <summary>What keeps an environment within its bounds: the manifest's word, and the stage's where it has none.</summary>
internal sealed record Guardrails
{
    /// <summary>Resource name to canonical quantity.</summary>
    public required IReadOnlyDictionary<string, string> Quota { get; init; }

    public required string DefaultCpu { get; init; }

    public required string DefaultMemory { get; init; }

    public required NetworkIsolation Isolation { get; init; }

    public required PodSecurity PodSecurity { get; init; }

    public required IReadOnlyList<AccessSpec> Access { get; init; }

    /// <summary>The guardrails of an environment.</summary>
    public static Guardrails Of(EffectiveEnvironment environment) => Of(environment, environment.Spec.Guardrails);

    /// <summary>What the platform says for the environment's stage.</summary>
    public static Guardrails OfStage(EffectiveEnvironment environment) => Of(environment, own: null);

    private static Guardrails Of(EffectiveEnvironment environment, GuardrailsSpec? own)
    {
        var stage = environment.Stage.Guardrails;
        var access = stage.Access.Select(
            entry => new AccessSpec { Group = environment.Identity.Fill(entry.Group), Role = entry.Role });
        return new Guardrails
        {
            Quota = Merge(stage.Quota, own?.Quota),
            DefaultCpu = Quantity.Canonical(own?.ContainerDefaults?.Cpu ?? stage.ContainerDefaults.Cpu),
            DefaultMemory = Quantity.Canonical(own?.ContainerDefaults?.Memory ?? stage.ContainerDefaults.Memory),
            Isolation = own?.NetworkIsolation ?? stage.NetworkIsolation,
            PodSecurity = own?.PodSecurity ?? stage.PodSecurity,
            Access = own is { Access.Count: > 0 } ? own.Access : [.. access],
        };
    }

    /// <summary>The stage's limits, and in their place those that the manifest names.</summary>
    private static SortedDictionary<string, string> Merge(
        IReadOnlyDictionary<string, string> stage, IReadOnlyDictionary<string, string>? own)
    {
        var quota = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, limit) in stage.Concat(own ?? new Dictionary<string, string>()))
        {
            quota[name] = Quantity.Canonical(limit);
        }

        return quota;
    }
}
