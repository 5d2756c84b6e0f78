using System.Text.Json.Serialization;
using Idp.Entities;

namespace Idp.Operator.Settings;

/// <summary>The defaults of each stage, under the name that the stage has in <see cref="Stage"/>.</summary>
public sealed record StagesSettings
{
    /// <summary>The stage for work in progress.</summary>
    [JsonPropertyName("Development")]
    public StageSettings Development { get; init; } = new()
    {
        Guardrails = new() { Quota = QuotaOf("2", "4Gi", "8Gi", "30") },
    };

    /// <summary>The stage that is like production, for a last look.</summary>
    [JsonPropertyName("Staging")]
    public StageSettings Staging { get; init; } = new()
    {
        Guardrails = new() { Quota = QuotaOf("4", "8Gi", "16Gi", "50") },
    };

    /// <summary>The stage that serves.</summary>
    [JsonPropertyName("Production")]
    public StageSettings Production { get; init; } = new()
    {
        Replicas = 2,
        MaxReplicas = 6,
        DatabaseInstances = 3,
        Guardrails = new() { Quota = QuotaOf("8", "16Gi", "32Gi", "100") },
    };

    /// <summary>The settings of one stage.</summary>
    public StageSettings this[Stage stage] => stage switch
    {
        Stage.Production => Production,
        Stage.Staging => Staging,
        _ => Development,
    };

    private static Dictionary<string, string> QuotaOf(string cpu, string memory, string memoryLimit, string pods) => new()
    {
        ["requests.cpu"] = cpu,
        ["requests.memory"] = memory,
        ["limits.memory"] = memoryLimit,
        ["pods"] = pods,
    };
}

/// <summary>What an environment of one stage gets when nothing else is said.</summary>
public sealed record StageSettings
{
    /// <summary>How many copies of the application a new repository's manifests ask for.</summary>
    public int Replicas { get; init; } = 1;

    /// <summary>Up to how many a new repository's manifests scale it under load; 0, or no more than <see cref="Replicas"/>, for a fixed number.</summary>
    public int MaxReplicas { get; init; }

    /// <summary>Whether Argo CD deploys by itself.</summary>
    public SyncMode Sync { get; init; } = SyncMode.Automatic;

    /// <summary>How many instances a database has.</summary>
    public int DatabaseInstances { get; init; } = 1;

    /// <summary>What keeps an environment within its bounds.</summary>
    public GuardrailSettings Guardrails { get; init; } = new();
}

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

/// <summary>What a container gets that asks for nothing.</summary>
public sealed record ContainerDefaultSettings
{
    /// <summary>Processor time, requested and not limited.</summary>
    public string Cpu { get; init; } = "100m";

    /// <summary>Memory, requested and limited.</summary>
    public string Memory { get; init; } = "256Mi";
}

/// <summary>A role in the namespace for a group of people.</summary>
public sealed record AccessSettings
{
    /// <summary>The group, as the cluster's authentication names it; knows <c>{team}</c>.</summary>
    public required string Group { get; init; }

    /// <summary>The role.</summary>
    public required AccessRole Role { get; init; }
}
