using System.Text.Json.Serialization;
using Idp.Entities;

namespace Idp.Operator.GoldenPaths;

/// <summary>What files are rendered once for.</summary>
[JsonConverter(typeof(StrictEnumConverter<Repetition>))]
internal enum Repetition
{
    /// <summary>Every environment.</summary>
    [JsonStringEnumMemberName("environments")]
    Environments,
}
