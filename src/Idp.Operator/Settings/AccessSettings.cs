using Idp.Entities;

namespace Idp.Operator.Settings;

/// <summary>A role in the namespace for a group of people.</summary>
public sealed record AccessSettings
{
    /// <summary>The group, as the cluster's authentication names it; knows <c>{team}</c>.</summary>
    public required string Group { get; init; }

    /// <summary>The role.</summary>
    public required AccessRole Role { get; init; }
}
