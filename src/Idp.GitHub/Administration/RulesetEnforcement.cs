using System.Text.Json.Serialization;

namespace Idp.GitHub;

/// <summary>Whether a ruleset holds.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RulesetEnforcement>))]
public enum RulesetEnforcement
{
    /// <summary>It does not.</summary>
    [JsonStringEnumMemberName("disabled")]
    Disabled,

    /// <summary>It does.</summary>
    [JsonStringEnumMemberName("active")]
    Active,

    /// <summary>It only tells whom it would have stopped; GitHub Enterprise alone knows that.</summary>
    [JsonStringEnumMemberName("evaluate")]
    Evaluate,
}
