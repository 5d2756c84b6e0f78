using System.Text.Json.Serialization;

namespace Idp.Operator.Settings;

/// <summary>How close to its users an environment is.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Stage>))]
public enum Stage
{
    /// <summary>Work in progress.</summary>
    Development,

    /// <summary>A last look before production.</summary>
    Staging,

    /// <summary>Serves.</summary>
    Production,
}
