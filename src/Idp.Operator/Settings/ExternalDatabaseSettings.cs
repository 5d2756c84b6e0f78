namespace Idp.Operator.Settings;

/// <summary>Where the address of an external database is in the secret store.</summary>
public sealed record ExternalDatabaseSettings
{
    /// <summary>
    /// The key, from <c>{application}</c>, <c>{environment}</c>, <c>{namespace}</c> and <c>{team}</c>.
    /// </summary>
    public string RemoteKey { get; init; } = "databases/{namespace}";

    /// <summary>The property of that key which holds the connection URI.</summary>
    public string Property { get; init; } = "uri";
}
