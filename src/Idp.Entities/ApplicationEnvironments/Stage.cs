using System.Text.Json.Serialization;

namespace Idp.Entities;

/// <summary>What an environment is for; the platform's guardrails depend on it.</summary>
[JsonConverter(typeof(StrictEnumConverter<Stage>))]
public enum Stage
{
    /// <summary>Trying things out.</summary>
    Development,

    /// <summary>Rehearsing production.</summary>
    Staging,

    /// <summary>Serving users.</summary>
    Production,
}
