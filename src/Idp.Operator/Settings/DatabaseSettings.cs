using Idp.Operator.ApplicationEnvironments;

namespace Idp.Operator.Settings;

/// <summary>Who provides databases, and what a database is when its owner does not say.</summary>
public sealed record DatabaseSettings
{
    /// <summary>Who makes the database.</summary>
    public DatabaseProvider Provider { get; init; } = DatabaseProvider.CloudNativePG;

    /// <summary>The PostgreSQL major version.</summary>
    public string Version { get; init; } = "17";

    /// <summary>The size of the volume.</summary>
    public string Storage { get; init; } = "10Gi";

    /// <summary>The storage class; the cluster's default if empty.</summary>
    public string StorageClass { get; init; } = "";

    /// <summary>Where the address of a database is that <see cref="DatabaseProvider.External"/> provides.</summary>
    public ExternalDatabaseSettings External { get; init; } = new();
}

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
