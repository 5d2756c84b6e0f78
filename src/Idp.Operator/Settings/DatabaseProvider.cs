using System.Text.Json.Serialization;
using Idp.Entities;

namespace Idp.Operator.Settings;

/// <summary>Who makes databases.</summary>
[JsonConverter(typeof(StrictEnumConverter<DatabaseProvider>))]
public enum DatabaseProvider
{
    /// <summary>The CloudNativePG operator, in the environment's own namespace.</summary>
    CloudNativePG,

    /// <summary>Somebody else, who puts the address into the secret store.</summary>
    External,
}
