using System.Text.Json.Serialization;

namespace Idp.Operator.Settings;

/// <summary>The roles that a group may have.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AccessRole>))]
public enum AccessRole
{
    /// <summary>Reads.</summary>
    View,

    /// <summary>Reads and writes.</summary>
    Edit,

    /// <summary>Edits, and hands out roles.</summary>
    Admin,
}
