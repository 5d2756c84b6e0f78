using System.Text.Json.Serialization;
using Idp.Entities;

namespace Idp.Operator.Settings;

/// <summary>The kinds of External Secrets stores.</summary>
[JsonConverter(typeof(StrictEnumConverter<SecretStoreKind>))]
public enum SecretStoreKind
{
    /// <summary>One store for the whole cluster.</summary>
    ClusterSecretStore,

    /// <summary>One store of the same name in each environment's namespace.</summary>
    SecretStore,
}
