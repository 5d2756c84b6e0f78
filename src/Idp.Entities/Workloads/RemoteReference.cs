using Idp.Kubernetes.Model.Attributes;

namespace Idp.Entities;

/// <summary>One value in the platform's secret store.</summary>
public sealed record RemoteReference
{
    /// <summary>
    /// The secret's key, such as <c>payments/stripe</c>; it must lie under a path that the platform grants to the team.
    /// </summary>
    [Pattern("^" + Patterns.RemoteKey + "$")]
    [Length(1, 512)]
    public required string Key { get; init; }

    /// <summary>One property of the secret; default: its whole value.</summary>
    [Pattern("^" + Patterns.RemoteProperty + "$")]
    [Length(1, 253)]
    public string? Property { get; init; }
}
