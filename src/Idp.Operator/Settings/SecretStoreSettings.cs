namespace Idp.Operator.Settings;

/// <summary>The External Secrets store that values come from.</summary>
public sealed record SecretStoreSettings
{
    /// <summary>Its name.</summary>
    public string Name { get; init; } = "platform";

    /// <summary>Its kind.</summary>
    public SecretStoreKind Kind { get; init; } = SecretStoreKind.ClusterSecretStore;
}
