using Idp.Entities;
using Idp.Kubernetes.Cache;
using Idp.Kubernetes.Model;
using Idp.Operator.Settings;

namespace Idp.Operator.ApplicationEnvironments;

/// <summary>Looks at an environment's world in memory: it asks no server and changes nothing.</summary>
internal sealed class ApplicationEnvironmentObserver(IObjectReader reader)
{
    private static readonly ObjectIndexer ByEnvironment = ObjectIndexer.Label(Labels.Environment);

    /// <summary>What is there now, our own last writes included.</summary>
    public Observation Observe(ApplicationEnvironment entity)
    {
        var home = reader.Find(WellKnownKinds.Namespace, new ObjectKey("", entity.Metadata.Namespace ?? ""));
        return new Observation
        {
            Owned = [.. EnvironmentSections.Owned.SelectMany(kind => OwnedOf(kind, entity))],
            Observed = [.. EnvironmentSections.Observed.SelectMany(kind => reader.List(kind, ObjectIndexer.Namespace, entity.TargetNamespace))],
            Credentials = reader.List(ExternalSecrets.ExternalSecret, RepositoryCredentials.Index, RepositoryCredentials.Purpose),
            OwnSources = RepositoryUse.OwnSources(entity, reader),
            HostHolder = HostUse.Holder(entity, reader),
            ForeignRepositoryOwner = RepositoryUse.ForeignOwner(entity, reader),
            Home = Grants.MayHoldManifests(home),
            Team = home?.Metadata.Labels.GetValueOrDefault(Labels.Team),
        };
    }

    private IEnumerable<KubeObject> OwnedOf(ResourceKind kind, ApplicationEnvironment entity) => reader
        .List(kind, ByEnvironment, entity.Metadata.Name)
        .Where(live => live.Metadata.Labels.GetValueOrDefault(Labels.EnvironmentNamespace) == entity.Metadata.Namespace && IsWithin(live, entity));

    // Anybody may put our labels on an object of his own; what lies in another namespace is nobody's for that.
    private static bool IsWithin(KubeObject live, ApplicationEnvironment entity) =>
        EnvironmentSections.Find(live.Kind) is { IsElsewhere: true } || live.Key.Namespace is "" || live.Key.Namespace == (entity.Status.Namespace ?? entity.TargetNamespace);
}

/// <summary>What was seen of an environment's world at one moment.</summary>
internal sealed record Observation
{
    /// <summary>Nothing was seen, as before the first reconcile.</summary>
    public static Observation Empty { get; } = new();

    /// <summary>The live objects that carry the environment's labels.</summary>
    public IReadOnlyList<KubeObject> Owned { get; init; } = [];

    /// <summary>What others made in the environment's namespace that its state is read from.</summary>
    public IReadOnlyList<KubeObject> Observed { get; init; } = [];

    /// <summary>What brings Argo CD the credentials for repositories, for all environments.</summary>
    public IReadOnlyList<KubeObject> Credentials { get; init; } = [];

    /// <summary>The team in the label of the manifest's own namespace; null where it has none.</summary>
    public string? Team { get; init; }

    /// <summary>Whether the manifest's own namespace may hold one at all.</summary>
    public Grant Home { get; init; } = Grant.Given;

    /// <summary>The BackendApp of another namespace whose repository the manifest points at; null where there is none.</summary>
    public string? ForeignRepositoryOwner { get; init; }

    /// <summary>The environment of another namespace that has the host which the manifest asks for; null where there is none.</summary>
    public string? HostHolder { get; init; }

    /// <summary>Where the repositories are cloned from that the application owns, by the ids in its status.</summary>
    public IReadOnlyList<string> OwnSources { get; init; } = [];

    /// <summary>The live object, if it is ours.</summary>
    public KubeObject? Find(ResourceKind kind, ObjectKey key) => Owned.FirstOrDefault(
        live => live.Key == key && live.Kind.Kind == kind.Kind && live.Kind.Group == kind.Group);
}
