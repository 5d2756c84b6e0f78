using System.Text.Json.Serialization;
using Idp.Entities;

namespace Idp.Operator.Settings;

/// <summary>Whether the ruleset holds.</summary>
[JsonConverter(typeof(StrictEnumConverter<RulesetEnforcementSetting>))]
public enum RulesetEnforcementSetting
{
    /// <summary>It does.</summary>
    Active,

    /// <summary>It only tells whom it would have stopped; GitHub Enterprise alone knows that.</summary>
    Evaluate,

    /// <summary>It does not.</summary>
    Disabled,
}
