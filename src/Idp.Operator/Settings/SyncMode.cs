using System.Text.Json.Serialization;

namespace Idp.Operator.Settings;

/// <summary>Whether Argo CD deploys by itself.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SyncMode>))]
public enum SyncMode
{
    /// <summary>A change is deployed as soon as it is seen.</summary>
    Automatic,

    /// <summary>Somebody has to ask for it.</summary>
    Manual,
}
