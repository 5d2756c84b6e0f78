using Idp.Kubernetes.Model.Attributes;

namespace Idp.Entities;

/// <summary>One environment variable with a plain value.</summary>
public sealed record EnvironmentVariable
{
    /// <summary>The variable's name.</summary>
    [Pattern("^" + Patterns.VariableName + "$")]
    [Length(1, 128)]
    public required string Name { get; init; }

    /// <summary>The value; empty by default. Not for secrets: those belong into <c>secrets</c>.</summary>
    [Length(0, 4096)]
    public string Value { get => field ?? ""; init; }
}
