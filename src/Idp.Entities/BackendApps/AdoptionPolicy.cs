using System.Text.Json.Serialization;

namespace Idp.Entities;

/// <summary>Whether an existing repository may be taken in.</summary>
[JsonConverter(typeof(StrictEnumConverter<AdoptionPolicy>))]
public enum AdoptionPolicy
{
    /// <summary>It is a conflict.</summary>
    Never,

    /// <summary>It is taken in if no other application owns it and the platform grants it.</summary>
    IfUnowned,
}
