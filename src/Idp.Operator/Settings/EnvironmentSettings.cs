using Idp.Entities;

namespace Idp.Operator.Settings;

/// <summary>One of the environments of an application that names none.</summary>
public sealed record EnvironmentSettings
{
    /// <summary>The name: the last part of the namespace.</summary>
    public required string Name { get; init; }

    /// <summary>The stage, which decides the guardrails.</summary>
    public required Stage Stage { get; init; }
}
