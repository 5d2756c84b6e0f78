using Idp.Entities;
using Idp.Kubernetes.Apply;
using Idp.Kubernetes.Model;

namespace Idp.Operator.ApplicationEnvironments;

/// <summary>Somebody else's database: an ExternalSecret brings the Secret that leads to it.</summary>
internal sealed class ExternalDatabase : IDatabaseProvider
{
    private const string AddressKey = "uri";

    /// <inheritdoc/>
    public IReadOnlyList<ChildKind> Kinds { get; } = [ExternalSecrets.Kind];

    /// <inheritdoc/>
    public IReadOnlyList<DesiredObject> Make(EffectiveEnvironment environment, DatabaseSpec database)
    {
        var settings = environment.Settings.Database.External;
        var source = new RemoteReference { Key = environment.Identity.Fill(settings.RemoteKey), Property = settings.Property };
        return [ExternalSecrets.Make(environment, environment.Names.Database, new SecretVariable { Name = AddressKey, RemoteRef = source })];
    }

    /// <inheritdoc/>
    public ChildState Read(IReadOnlyList<KubeObject> live) => ExternalSecrets.StateOf(live[0]);

    /// <inheritdoc/>
    public SecretKey AddressOf(EffectiveEnvironment environment) => new(environment.Names.Database, AddressKey);
}
