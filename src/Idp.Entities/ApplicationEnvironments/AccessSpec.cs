using Idp.Kubernetes.Model.Attributes;

namespace Idp.Entities;

/// <summary>One group's access to the environment's namespace.</summary>
public sealed record AccessSpec
{
    /// <summary>The group, as the cluster's authentication names it.</summary>
    [Pattern("^" + Patterns.UserGroup + "$")]
    [Length(1, 128)]
    public required string Group { get; init; }

    /// <summary>What the group may do.</summary>
    public required AccessRole Role { get; init; }
}
