using System.Text.Json.Serialization;
using Idp.Entities;

namespace Idp.Operator.Settings;

/// <summary>Where the External Secrets Operator finds values.</summary>
public sealed record SecretSettings
{
    /// <summary>The store that every ExternalSecret names.</summary>
    public SecretStoreSettings Store { get; init; } = new();

    /// <summary>How often a value is read again, as a Go duration such as <c>1h</c> or <c>15m</c>.</summary>
    public string RefreshInterval { get; init; } = "1h";
}

/// <summary>The External Secrets store that values come from.</summary>
public sealed record SecretStoreSettings
{
    /// <summary>Its name.</summary>
    public string Name { get; init; } = "platform";

    /// <summary>Its kind.</summary>
    public SecretStoreKind Kind { get; init; } = SecretStoreKind.ClusterSecretStore;
}

/// <summary>The kinds of External Secrets stores.</summary>
[JsonConverter(typeof(StrictEnumConverter<SecretStoreKind>))]
public enum SecretStoreKind
{
    /// <summary>One store for the whole cluster.</summary>
    ClusterSecretStore,

    /// <summary>One store of the same name in each environment's namespace.</summary>
    SecretStore,
}
