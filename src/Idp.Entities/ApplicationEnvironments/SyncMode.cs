using System.Text.Json.Serialization;

namespace Idp.Entities;

/// <summary>Who starts a deployment.</summary>
[JsonConverter(typeof(StrictEnumConverter<SyncMode>))]
public enum SyncMode
{
    /// <summary>Argo CD, at every change.</summary>
    Automatic,

    /// <summary>A person, in Argo CD.</summary>
    Manual,
}
