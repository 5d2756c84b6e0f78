using System.Text.Json.Serialization;
using Idp.Entities;

namespace Idp.Operator.GoldenPaths;

/// <summary>What the values of a parameter look like.</summary>
[JsonConverter(typeof(StrictEnumConverter<ParameterType>))]
public enum ParameterType
{
    /// <summary>Text, bounded by a pattern if there is one.</summary>
    [JsonStringEnumMemberName("string")]
    Text,

    /// <summary>A whole number.</summary>
    [JsonStringEnumMemberName("integer")]
    Number,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    [JsonStringEnumMemberName("boolean")]
    Boolean,

    /// <summary>One of a list of values.</summary>
    [JsonStringEnumMemberName("enum")]
    Choice,
}
