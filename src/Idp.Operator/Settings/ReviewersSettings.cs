using System.Text.Json.Serialization;
using Idp.Entities;

namespace Idp.Operator.Settings;

/// <summary>The slugs of the teams that approve deployments, by stage; they know <c>{team}</c>. A stage without any is left alone.</summary>
public sealed record ReviewersSettings
{
    /// <summary>For the stage for work in progress.</summary>
    [JsonPropertyName("Development")]
    public IReadOnlyList<string> Development { get; init; } = [];

    /// <summary>For the stage for a last look.</summary>
    [JsonPropertyName("Staging")]
    public IReadOnlyList<string> Staging { get; init; } = [];

    /// <summary>For the stage that serves.</summary>
    [JsonPropertyName("Production")]
    public IReadOnlyList<string> Production { get; init; } = [];

    /// <summary>The teams of one stage.</summary>
    public IReadOnlyList<string> this[Stage stage] => stage switch
    {
        Stage.Production => Production,
        Stage.Staging => Staging,
        _ => Development,
    };
}
