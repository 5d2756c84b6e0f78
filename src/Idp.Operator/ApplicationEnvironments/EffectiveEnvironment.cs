using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Idp.Entities;
using Idp.Kubernetes.Apply;
using Idp.Kubernetes.Model;
using Idp.Operator.Settings;

namespace Idp.Operator.ApplicationEnvironments;

/// <summary>One environment with everything that its manifest leaves open filled in from <c>platform.yaml</c>.</summary>
internal sealed record EffectiveEnvironment
{
    /// <summary>On what stays when its environment goes; for people, and for a finalizer that lost its inventory.</summary>
    public const string DeletionPolicyAnnotation = "idp.dev/deletion-policy";

    public required ApplicationEnvironment Entity { get; init; }

    public required PlatformSettings Settings { get; init; }

    /// <summary>The owner of the environment, as resolved.</summary>
    public required string Team { get; init; }

    public ApplicationEnvironmentSpec Spec => Entity.Spec;

    public string Application => Spec.Application;

    /// <summary>The namespace that is made.</summary>
    public string Namespace => Entity.TargetNamespace;

    public StageSettings Stage => Settings.Stages[Spec.Stage];

    public SyncMode Sync => Spec.Sync ?? Stage.Sync;

    public ChildNames Names => new(this);

    /// <summary>Who makes the database, where there is one.</summary>
    public IDatabaseProvider DatabaseProvider => DatabaseProviders.Of(Settings.Database.Provider);

    /// <summary>Whether there is a database of our own making that must outlive the environment.</summary>
    public bool RetainsData => Spec.Database is { DeletionPolicy: DatabaseDeletionPolicy.Retain }
        && DatabaseProvider.Kinds.Any(child => child.Rank == DeletionRank.Data);

    /// <summary>What the rules in <c>platform.yaml</c> may speak of.</summary>
    public EnvironmentIdentity Identity => new()
    {
        Application = Application,
        Environment = Entity.Metadata.Name.StartsWith(Application + "-", StringComparison.Ordinal)
            ? Entity.Metadata.Name[(Application.Length + 1)..]
            : Entity.Metadata.Name,
        Namespace = Namespace,
        Team = Team,
    };

    private JsonObject AllLabels => new()
    {
        [Labels.ManagedBy] = Labels.Manager,
        [Labels.PartOf] = Application,
        [Labels.Application] = Application,
        [Labels.Environment] = Entity.Metadata.Name,
        [Labels.EnvironmentNamespace] = Entity.Metadata.Namespace,
        [Labels.Team] = Team,
        [Labels.Stage] = Spec.Stage.ToString(),
    };

    /// <summary>What makes a live object ours: it survives a restored cluster and a new team, unlike a uid or a team's label.</summary>
    public static Ownership OwnershipOf(ApplicationEnvironment entity) => new(FieldManagers.Operator, new Dictionary<string, string>
    {
        [Labels.Environment] = entity.Metadata.Name,
        [Labels.EnvironmentNamespace] = entity.Metadata.Namespace ?? "",
    });

    /// <summary>An object of ours, with its kind, name and labels.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="name">The name.</param>
    /// <param name="spec">The spec; none by default.</param>
    /// <param name="namespace">The namespace; the environment's own by default, none for a cluster-scoped kind.</param>
    public DesiredObject Object(ResourceKind kind, string name, JsonObject? spec = null, string? @namespace = null) =>
        Object(kind, new ObjectKey(kind.Namespaced ? @namespace ?? Namespace : "", name), AllLabels, spec);

    /// <summary>An object of the operator's, whosever it is.</summary>
    public static DesiredObject Object(ResourceKind kind, ObjectKey key, JsonObject labels, JsonObject? spec)
    {
        var metadata = new JsonObject { ["name"] = key.Name };
        if (kind.Namespaced)
        {
            metadata["namespace"] = key.Namespace;
        }

        metadata["labels"] = labels;
        var body = new JsonObject { ["apiVersion"] = kind.ApiVersion, ["kind"] = kind.Kind, ["metadata"] = metadata };
        if (spec is not null)
        {
            body["spec"] = spec;
        }

        return new DesiredObject(kind, body);
    }
}

/// <summary>The names of what an environment is made of; docs/decisions/0008-environments.md lists them.</summary>
internal sealed class ChildNames(EffectiveEnvironment environment)
{
    /// <summary>The Secret, and the ExternalSecret that makes it, by which the namespace's images are pulled.</summary>
    public const string PullSecret = "idp-image-pull";

    private const int MaxLength = 63;

    /// <summary>The Secret, and the ExternalSecret that makes it, of the application's own secrets.</summary>
    public string Secrets => $"{environment.Application}-secrets";

    /// <summary>The database: the Cluster or ExternalSecret that brings it, and SchemaHero's Database.</summary>
    public string Database => $"{environment.Application}-db";

    /// <summary>The Application, in the namespace that Argo CD reads.</summary>
    public ObjectKey Application => new(environment.Settings.ArgoCd.Namespace, environment.Namespace);

    /// <summary>The Table of one table.</summary>
    public string TableOf(string table) => Fit($"{environment.Application}-{table.Replace('_', '-')}", table);

    /// <summary>The RoleBinding of one group.</summary>
    public static string BindingOf(AccessRole role, string group)
    {
        var plain = new string([.. group.Select(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) ? letter : '-')]);
        var name = $"idp-{role.ToString().ToLowerInvariant()}-{plain.Trim('-')}";
        return plain.Trim('-') == group ? Fit(name, group) : Shorten(name, group);
    }

    private static string Fit(string name, string source) => name.Length <= MaxLength ? name : Shorten(name, source);

    /// <summary>Cuts a name and adds a hash of what it stands for, so that two of them cannot meet.</summary>
    private static string Shorten(string name, string source)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(source)))[..8];
        return $"{name[..Math.Min(name.Length, MaxLength - hash.Length - 1)].TrimEnd('-')}-{hash}";
    }
}
