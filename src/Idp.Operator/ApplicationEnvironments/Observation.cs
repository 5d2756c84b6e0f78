using Idp.Kubernetes.Model;
using Idp.Operator.Settings;

namespace Idp.Operator.ApplicationEnvironments;

/// <summary>What was seen of an environment's world at one moment.</summary>
internal sealed record Observation
{
    /// <summary>Nothing was seen, as before the first reconcile.</summary>
    public static Observation Empty { get; } = new();

    /// <summary>The live objects that carry the environment's labels.</summary>
    public IReadOnlyList<KubeObject> Owned { get; init; } = [];

    /// <summary>The Migrations that SchemaHero made in the environment's namespace.</summary>
    public IReadOnlyList<KubeObject> Migrations { get; init; } = [];

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
