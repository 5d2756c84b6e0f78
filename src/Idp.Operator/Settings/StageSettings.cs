using Idp.Entities;

namespace Idp.Operator.Settings;

/// <summary>What an environment of one stage gets when nothing else is said.</summary>
public sealed record StageSettings
{
    /// <summary>How many copies of the application a new repository's manifests ask for.</summary>
    public int Replicas { get; init; } = 1;

    /// <summary>Whether Argo CD deploys by itself.</summary>
    public SyncMode Sync { get; init; } = SyncMode.Automatic;

    /// <summary>How many instances a database has.</summary>
    public int DatabaseInstances { get; init; } = 1;

    /// <summary>What keeps an environment within its bounds.</summary>
    public GuardrailSettings Guardrails { get; init; } = new();
}
