using System.Text.Json.Nodes;
using Idp.Entities;
using Idp.Kubernetes.Apply;
using Idp.Kubernetes.Model;

namespace Idp.Operator.ApplicationEnvironments;

/// <summary>The database, by whichever provider the platform has.</summary>
internal sealed class DatabaseSection : Section
{
    /// <inheritdoc/>
    public override string Condition => Conditions.DatabaseReady;

    /// <inheritdoc/>
    public override IReadOnlyList<ChildKind> Kinds { get; } = [.. DatabaseProviders.All.SelectMany(provider => provider.Kinds)];

    /// <summary>The provider's objects; those that hold data say whether they stay when their environment goes.</summary>
    public override IReadOnlyList<DesiredObject> Make(EffectiveEnvironment environment) => environment.Spec.Database is { } database
        ? [.. environment.DatabaseProvider.Make(environment, database).Select(wanted => HoldsData(wanted.Kind) ? Keep(wanted, database) : wanted)]
        : [];

    /// <inheritdoc/>
    public override ChildState Read(IReadOnlyList<KubeObject> live, SectionInput seen) => seen.Environment.DatabaseProvider.Read(live);

    /// <summary>Since when the database takes connections, as its provider says.</summary>
    public static DateTimeOffset ReadySince(SectionInput seen)
    {
        var wanted = seen.Environment.Spec.Database is { } database ? seen.Environment.DatabaseProvider.Make(seen.Environment, database)[0] : null;
        var live = wanted is null ? null : seen.World.Find(wanted.Kind, wanted.Key);
        return new LenientJson(live?.ToJson())["status"]["conditions"].Condition("Ready")["lastTransitionTime"].Time ?? DateTimeOffset.UnixEpoch;
    }

    private bool HoldsData(ResourceKind kind) => Kinds.Any(child => child.Resource == kind && child.Rank == DeletionRank.Data);

    private static DesiredObject Keep(DesiredObject wanted, DatabaseSpec database)
    {
        wanted.Body["metadata"]!["annotations"] = new JsonObject
        {
            [EffectiveEnvironment.DeletionPolicyAnnotation] = database.DeletionPolicy.ToString(),
        };
        return wanted with { Retain = database.DeletionPolicy == DatabaseDeletionPolicy.Retain };
    }
}
