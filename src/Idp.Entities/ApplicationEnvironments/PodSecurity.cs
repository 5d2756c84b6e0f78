using System.Text.Json.Serialization;

namespace Idp.Entities;

/// <summary>The pod security standard that the namespace enforces.</summary>
[JsonConverter(typeof(StrictEnumConverter<PodSecurity>))]
public enum PodSecurity
{
    /// <summary>Hardened pods only.</summary>
    Restricted,

    /// <summary>No known privilege escalations.</summary>
    Baseline,

    /// <summary>Everything.</summary>
    Privileged,
}
