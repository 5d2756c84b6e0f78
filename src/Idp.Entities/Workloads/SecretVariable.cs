using Idp.Kubernetes.Model.Attributes;

namespace Idp.Entities;

/// <summary>One environment variable whose value comes from the platform's secret store.</summary>
public sealed record SecretVariable
{
    /// <summary>The variable's name.</summary>
    [Pattern("^" + Patterns.VariableName + "$")]
    [Length(1, 128)]
    public required string Name { get; init; }

    /// <summary>Where the value lies in the secret store.</summary>
    public required RemoteReference RemoteRef { get; init; }
}

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
