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
