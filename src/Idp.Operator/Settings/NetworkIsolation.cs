using System.Text.Json.Serialization;

namespace Idp.Operator.Settings;

/// <summary>Which traffic may come in.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<NetworkIsolation>))]
public enum NetworkIsolation
{
    /// <summary>Only from the namespace itself and from the ingress.</summary>
    Namespace,

    /// <summary>From everywhere.</summary>
    None,
}
