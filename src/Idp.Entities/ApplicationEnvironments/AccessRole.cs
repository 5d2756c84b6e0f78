using System.Text.Json.Serialization;

namespace Idp.Entities;

/// <summary>What a group may do in the environment's namespace.</summary>
[JsonConverter(typeof(StrictEnumConverter<AccessRole>))]
public enum AccessRole
{
    /// <summary>Read, except secrets.</summary>
    View,

    /// <summary>Change workloads.</summary>
    Edit,

    /// <summary>Change everything, roles included.</summary>
    Admin,
}
