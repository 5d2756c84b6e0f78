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
