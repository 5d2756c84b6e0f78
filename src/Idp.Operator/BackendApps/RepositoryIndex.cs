using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Idp.Entities;
using Idp.Kubernetes.Cache;
using Idp.Kubernetes.Model;

namespace Idp.Operator.BackendApps;

/// <summary>Finds BackendApps by the repositories that they own or want.</summary>
/// <remarks>By name alone, whoever owns repositories by default: one look too many, at an application of that name elsewhere, does no harm.</remarks>
internal static class RepositoryIndex
{
    private static readonly ObjectIndexer[] Ids = [new IdIndexer("repository"), new IdIndexer("deploymentRepository")];
    private static readonly ObjectIndexer[] Names = [new AppIndexer(NameOf), new AppIndexer(DeploymentNameOf)];

    /// <summary>All whose status has the repository of that number, as their own or as that of their deployment manifests; there should be one.</summary>
    public static IReadOnlyList<KubeObject> OwnersOf(IObjectReader objects, long repositoryId) => Find(objects, Ids, Spell(repositoryId));

    /// <summary>Whether an application has, or wants, other repositories than before; also where it is gone.</summary>
    public static bool HasChanged(KubeObject? before, KubeObject? after) =>
        before is not null && (before.Metadata.Uid != after?.Metadata.Uid || !ClaimsOf(before).SequenceEqual(ClaimsOf(after)));

    /// <summary>The others that want a repository by a name, or own one by the number, that an application has or wants.</summary>
    public static IEnumerable<ObjectKey> CompetitorsOf(IObjectReader reader, KubeObject app) => ClaimsOf(app)
        .SelectMany(claim => claim.Id > 0 ? OwnersOf(reader, claim.Id) : Find(reader, Names, claim.Name))
        .Select(other => other.Key)
        .Where(key => key != app.Key)
        .Distinct();

    private static IReadOnlyList<KubeObject> Find(IObjectReader reader, ObjectIndexer[] indexers, string value) =>
        [.. indexers.SelectMany(indexer => reader.List(BackendApp.ResourceKind, indexer, value))];

    private static IReadOnlyList<(long Id, string Name)> ClaimsOf(KubeObject? live) => live is null || AppIndexer.Read(live) is not { } app
        ? []
        :
        [
            .. new[] { app.Status.Repository, app.Status.DeploymentRepository }.OfType<RepositoryStatus>()
                .SelectMany(known => (IEnumerable<(long, string)>)[(known.Id, ""), (0, known.Name.ToLowerInvariant())]),
            .. new[] { NameOf(app), DeploymentNameOf(app) }.OfType<string>().Select(name => (0L, name)),
        ];

    private static string NameOf(BackendApp app) => (app.Spec.Repository?.Name ?? app.Metadata.Name).ToLowerInvariant();

    private static string? DeploymentNameOf(BackendApp app) =>
        DeploymentRepositoryPlan.IsSeparate(app.Spec) ? NameOf(app) + RepositorySpec.DeploymentSuffix : null;

    private static string Spell(long id) => id.ToString(CultureInfo.InvariantCulture);

    // Read by itself: a spec that cannot be read does not take away what status says.
    private sealed record IdIndexer(string Field) : ObjectIndexer
    {
        public override string? ValueOf(KubeObject item) =>
            item.ToJson()["status"] is JsonObject status && status[Field] is JsonObject repository
            && repository["id"] is JsonValue value && value.TryGetValue(out long id) && id > 0
                ? Spell(id)
                : null;
    }
}

/// <summary>Finds BackendApps by a text that is in them; those that cannot be read are not found.</summary>
/// <param name="ReadText">The text; null where there is none.</param>
internal sealed record AppIndexer(Func<BackendApp, string?> ReadText) : ObjectIndexer
{
    /// <inheritdoc/>
    public override string? ValueOf(KubeObject item) => Read(item) is { } app ? ReadText(app) : null;

    /// <summary>The application; null where it does not fit its type: it wants nothing before it is mended, and that starts a reconcile.</summary>
    public static BackendApp? Read(KubeObject live)
    {
        try
        {
            return live.Deserialize(BackendApp.JsonType);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
