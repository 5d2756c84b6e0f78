using Idp.Entities;

namespace Idp.Operator.Settings;

/// <summary>What keeps an environment within its bounds.</summary>
public sealed record GuardrailSettings
{
    /// <summary>The hard limits of the ResourceQuota: resource name to quantity. Empty for no quota.</summary>
    public IReadOnlyDictionary<string, string> Quota { get; init; } = new Dictionary<string, string>();

    /// <summary>What a container gets that asks for nothing.</summary>
    public ContainerDefaultSettings ContainerDefaults { get; init; } = new();

    /// <summary>Whether traffic from other namespaces is kept out.</summary>
    public NetworkIsolation NetworkIsolation { get; init; } = NetworkIsolation.Namespace;

    /// <summary>The Pod Security Standard that is enforced.</summary>
    public PodSecurity PodSecurity { get; init; } = PodSecurity.Restricted;

    /// <summary>Who may do what in the namespace; groups know <c>{team}</c>.</summary>
    public IReadOnlyList<AccessSettings> Access { get; init; } = [new() { Group = "{team}", Role = AccessRole.Edit }];
}
