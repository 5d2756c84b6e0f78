using System.Text.Json.Serialization;

namespace Idp.Operator.Settings;

/// <summary>Who makes databases.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DatabaseProvider>))]
public enum DatabaseProvider
{
    /// <summary>The CloudNativePG operator, in the environment's own namespace.</summary>
    CloudNativePG,

    /// <summary>Somebody else, who puts the address into the secret store.</summary>
    External,
}
