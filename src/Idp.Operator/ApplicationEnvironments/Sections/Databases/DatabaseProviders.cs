using System.Text.Json.Serialization;
using Idp.Entities;
using Idp.Kubernetes.Apply;
using Idp.Kubernetes.Model;

namespace Idp.Operator.ApplicationEnvironments;

/// <summary>Who makes databases.</summary>
[JsonConverter(typeof(StrictEnumConverter<DatabaseProvider>))]
public enum DatabaseProvider
{
    /// <summary>The CloudNativePG operator, in the environment's own namespace.</summary>
    CloudNativePG,

    /// <summary>Somebody else, who puts the address into the secret store.</summary>
    External,
}

/// <summary>One way to come by a database: all that there is to know of it, in one type. Pure.</summary>
internal interface IDatabaseProvider
{
    /// <summary>The kinds that it is made of; of those with <see cref="DeletionRank.Data"/> the manifest's policy decides whether they stay.</summary>
    IReadOnlyList<ChildKind> Kinds { get; }

    /// <summary>The objects, that which says whether the database is there first.</summary>
    IReadOnlyList<DesiredObject> Make(EffectiveEnvironment environment, DatabaseSpec database);

    /// <summary>What the live objects say of themselves, in the order of <see cref="Make"/>.</summary>
    ChildState Read(IReadOnlyList<KubeObject> live);

    /// <summary>The Secret, and its key, that holds the database's address.</summary>
    SecretKey AddressOf(EffectiveEnvironment environment);
}

/// <summary>One value of a Secret.</summary>
/// <param name="Secret">The Secret's name.</param>
/// <param name="Key">The key in it.</param>
internal sealed record SecretKey(string Secret, string Key);

/// <summary>The providers that there are.</summary>
internal static class DatabaseProviders
{
    private static readonly Dictionary<DatabaseProvider, IDatabaseProvider> Known = new()
    {
        [DatabaseProvider.CloudNativePG] = new CloudNativePg(),
        [DatabaseProvider.External] = new ExternalDatabase(),
    };

    /// <summary>All of them: a change of platform.yaml may bring each, and what it made before has to go.</summary>
    public static IReadOnlyCollection<IDatabaseProvider> All => Known.Values;

    /// <summary>The one of that name.</summary>
    public static IDatabaseProvider Of(DatabaseProvider provider) => Known[provider];
}
