using System.Text.Json.Serialization;

namespace Idp.Operator.Settings;

/// <summary>The Pod Security Standards.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PodSecurity>))]
public enum PodSecurity
{
    /// <summary>Hardened.</summary>
    Restricted,

    /// <summary>Known escalations are kept out.</summary>
    Baseline,

    /// <summary>No bounds.</summary>
    Privileged,
}
