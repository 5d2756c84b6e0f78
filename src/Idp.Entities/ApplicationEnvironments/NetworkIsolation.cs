using System.Text.Json.Serialization;

namespace Idp.Entities;

/// <summary>From where the environment's pods may be reached.</summary>
[JsonConverter(typeof(StrictEnumConverter<NetworkIsolation>))]
public enum NetworkIsolation
{
    /// <summary>From their own namespace and the ingress controller.</summary>
    Namespace,

    /// <summary>From everywhere.</summary>
    None,
}
